/** The version of the protocol below; `hello` carries it both ways. */
export const WIRE_PROTOCOL = "flynn-wire/1";

/** A frame is one line; a longer one is refused. Bytes, with the line feed. */
export const LARGEST_FRAME_BYTES = 16 * 1024 * 1024;

/** Items that a stream may send before it needs more credit. */
export const INITIAL_CREDIT = 32;

/** JSON-RPC's own error codes, and one for errors that carry a code of a contract. */
export const RPC_ERROR = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  coded: -32000,
} as const;
