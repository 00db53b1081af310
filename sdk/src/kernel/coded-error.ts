import { isJson } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** `Symbol.for` makes the brand hold across two copies of this package, which `instanceof` does not. */
const brand = Symbol.for("@flynn/sdk/coded-error");

/** How an error looks on the wire and in reports. */
export interface CodedErrorJson {
  readonly code: string;
  readonly message: string;
  /** Whether the same call may succeed later without any change by the caller. */
  readonly retryable: boolean;
  readonly details?: JsonObject | undefined;
  readonly cause?: CodedErrorJson | undefined;
}

export interface CodedErrorOptions {
  readonly cause?: unknown;
  readonly retryable?: boolean;
  /** Plain data for programs. Never a secret. */
  readonly details?: JsonObject;
}

/** An error whose `code` is part of a contract. Codes are stable; messages are for people and may change. */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = "CodedError";
  readonly code: Code;
  readonly retryable: boolean;
  readonly details: JsonObject | undefined;
  readonly [brand] = true;

  constructor(code: Code, message: string, options: CodedErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    if (options.details !== undefined && !isJson(options.details)) {
      throw new TypeError(`The details of ${code} are not JSON; pass plain data only`);
    }
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }

  static is(value: unknown): value is CodedError {
    return typeof value === "object" && value !== null && brand in value;
  }

  toJSON(): CodedErrorJson {
    return codedErrorJson(this);
  }
}

/** The wire form of any thrown value. What carries no code becomes `INTERNAL`, and causes are followed to a depth of five. */
export function codedErrorJson(thrown: unknown, depth = 5): CodedErrorJson {
  const isCoded = CodedError.is(thrown);
  const cause = isErrorLike(thrown) ? thrown.cause : undefined;
  return {
    code: isCoded ? thrown.code : "INTERNAL",
    message: isErrorLike(thrown) ? thrown.message : describe(thrown),
    retryable: isCoded && thrown.retryable,
    ...(isCoded && isJson(thrown.details) ? { details: thrown.details } : {}),
    ...(cause !== undefined && depth > 0 ? { cause: codedErrorJson(cause, depth - 1) } : {}),
  };
}

/** `instanceof Error` is false for an error of another realm, such as a worker's or a vm context's. */
function isErrorLike(thrown: unknown): thrown is { readonly message: string; readonly cause?: unknown } {
  return typeof thrown === "object" && thrown !== null && "message" in thrown && typeof thrown.message === "string";
}

/** Not `String(thrown)` for objects: theirs may be missing, may throw, and says nothing. */
function describe(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null ? "something that is not an Error was thrown" : String(thrown);
}
