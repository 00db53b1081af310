/** One value of a JSON text, with where it starts: in UTF-16 code units, from 0. */
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonScalarNode;

export interface JsonObjectNode {
  readonly type: "object";
  readonly offset: number;
  /** In the order of the text, with every key that is there twice. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: JsonNode;
}

export interface JsonArrayNode {
  readonly type: "array";
  readonly offset: number;
  readonly elements: readonly JsonNode[];
}

export interface JsonScalarNode {
  readonly type: "scalar";
  readonly offset: number;
  readonly value: string | number | boolean | null;
}

/** Why a text was not read to its end. */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
  readonly reason: "syntax" | "depth";
  readonly offset: number;

  constructor(reason: "syntax" | "depth", offset: number, message: string) {
    super(message);
    this.reason = reason;
    this.offset = offset;
  }
}
