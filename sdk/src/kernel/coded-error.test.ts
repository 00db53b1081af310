import { runInNewContext } from "node:vm";

import fc from "fast-check";
import { expect, test, vi } from "vitest";

import { codedErrorSchema } from "../wire/index.ts";
import { CodedError, codedErrorJson } from "./coded-error.ts";
import type { Json } from "./json.ts";

test("a coded error crosses with its code, message, details and cause", () => {
  const error = new CodedError("RATE_LIMITED", "Wait 2 s", { retryable: true, details: { afterMs: 2000 }, cause: new Error("429") });
  expect(codedErrorJson(error)).toEqual({
    code: "RATE_LIMITED",
    message: "Wait 2 s",
    retryable: true,
    details: { afterMs: 2000 },
    cause: { code: "INTERNAL", message: "429", retryable: false },
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual(codedErrorJson(error));
});

test("an error of a second copy of this package is known by its brand", async () => {
  vi.resetModules();
  const other = await import("./coded-error.ts");
  const error = new other.CodedError("REFUSED", "No");
  expect(error instanceof CodedError).toBe(false);
  expect(CodedError.is(error)).toBe(true);
  expect(codedErrorJson(error).code).toBe("REFUSED");
});

test("what is not branded is not a coded error, whatever members it has", () => {
  for (const value of [null, undefined, "REFUSED", { code: "REFUSED" }, Object.assign(new Error("no"), { code: "ENOENT" })]) {
    expect(CodedError.is(value)).toBe(false);
    expect(codedErrorJson(value).code).toBe("INTERNAL");
  }
});

test("a chain of causes is followed five deep, and a cycle ends there too", () => {
  const cyclic = new Error("a");
  cyclic.cause = new Error("b", { cause: cyclic });
  expect(messagesOf(codedErrorJson(cyclic))).toEqual(["a", "b", "a", "b", "a", "b"]);
  const selfCaused = new Error("self");
  selfCaused.cause = selfCaused;
  expect(messagesOf(codedErrorJson(selfCaused))).toHaveLength(6);
});

test("an error of another realm keeps its message", () => {
  expect(codedErrorJson(runInNewContext("new Error('elsewhere')")).message).toBe("elsewhere");
});

test("anything at all can be thrown, and its wire form is valid and survives JSON", () => {
  const odd = [
    undefined,
    null,
    7n,
    Symbol("odd"),
    () => {},
    Object.create(null),
    { toString: () => expect.unreachable("was called") },
    [],
    Number.NaN,
  ];
  for (const thrown of odd) expectValid(thrown);
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (thrown) => expectValid(thrown)),
  );
});

test("details that are not plain data are refused where the error is made", () => {
  for (const details of [{ at: new Date(0) }, { many: Number.POSITIVE_INFINITY }, { undo: () => {} }, { missing: undefined }]) {
    expect(() => new CodedError("REFUSED", "No", { details: details as unknown as { readonly [key: string]: Json } })).toThrow(
      "plain data",
    );
  }
});

test("the cause is kept for programs in the same process", () => {
  const cause = new Error("below");
  expect(new CodedError("REFUSED", "No", { cause }).cause).toBe(cause);
  expect("cause" in new CodedError("REFUSED", "No")).toBe(false);
});

function expectValid(thrown: unknown): void {
  const json = codedErrorJson(thrown);
  expect(codedErrorSchema.safeParse(json).error).toBeUndefined();
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
}

function messagesOf(error: ReturnType<typeof codedErrorJson> | undefined): string[] {
  return error ? [error.message, ...messagesOf(error.cause)] : [];
}
