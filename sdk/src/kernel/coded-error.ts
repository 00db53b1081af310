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
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const isCoded = CodedError.is(thrown);
  return {
    code: isCoded ? thrown.code : "INTERNAL",
    message: error.message,
    retryable: isCoded && thrown.retryable,
    ...(isCoded && thrown.details ? { details: thrown.details } : {}),
    ...(error.cause !== undefined && depth > 0 ? { cause: codedErrorJson(error.cause, depth - 1) } : {}),
  };
}
