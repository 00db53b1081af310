import type { Json } from "@flynn/sdk/kernel";
import type { errorFrameSchema } from "@flynn/sdk/wire";
import type * as z from "zod";

interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: z.infer<typeof errorFrameSchema>["error"]["data"];
}

/** One response: a result, or the error that came in its place. */
export type RpcAnswer = { readonly result: Json } | { readonly error: RpcError };
