import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, inspect } from "node:util";

import { expect, test } from "vitest";

import { Secret } from "./secret.ts";

const VALUE = "sk-fake-NOT-A-REAL-KEY-000000";

/** Every way in which a value ends up in a log without anybody asking for it. */
const printers: Readonly<Record<string, (value: unknown) => string>> = {
  "JSON.stringify": (value) => JSON.stringify(value),
  "JSON.stringify with indentation": (value) => JSON.stringify(value, null, 2),
  "util.inspect to any depth": (value) => inspect(value, { depth: Infinity, showHidden: true }),
  "util.inspect without custom inspection": (value) => inspect(value, { depth: Infinity, showHidden: true, customInspect: false }),
  "format %s": (value) => format("%s", value),
  "format %o": (value) => format("%o", value),
  "format %j": (value) => format("%j", value),
  "a template string": (value) => `${Object(value) as string}`,
  "console.log": printedByConsole,
};

const nestings: Readonly<Record<string, (secret: Secret) => unknown>> = {
  bare: (secret) => secret,
  "in an object three levels down": (secret) => ({ config: { provider: { key: secret } } }),
  "in an array": (secret) => [[secret]],
  "in a Map": (secret) => new Map([["key", secret]]),
  "in an Error": (secret) => Object.assign(new Error("request failed", { cause: { key: secret } }), { key: secret }),
};

for (const [printer, print] of Object.entries(printers)) {
  for (const [nesting, nest] of Object.entries(nestings)) {
    test(`${printer} does not show a secret ${nesting}`, () => {
      const printed = print(nest(new Secret(VALUE)));
      expect(printed).not.toContain(VALUE);
      expect(printed).not.toContain(VALUE.slice(3, 15));
    });
  }
}

test("JSON, inspection and text show a placeholder, so that it can be seen that something was there", () => {
  const secret = new Secret(VALUE);
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  expect(inspect({ secret })).toBe("{ secret: [secret] }");
  expect(String(secret)).toBe("[secret]");
});

test("an error message made with a secret holds the placeholder", () => {
  expect(new Error(`refused ${new Secret(VALUE).toString()}`).stack).not.toContain(VALUE);
});

test("reveal is the way out", () => {
  expect(new Secret(VALUE).reveal()).toBe(VALUE);
});

test("equal secrets have equal fingerprints, different ones do not, and the fingerprint is no plain hash", () => {
  expect(new Secret(VALUE).fingerprint).toBe(new Secret(VALUE).fingerprint);
  expect(new Secret(VALUE).fingerprint).not.toBe(new Secret(`${VALUE}1`).fingerprint);
  expect(new Secret("").fingerprint).not.toBe("e3b0c44298fc1c14");
});

test("a secret cannot be read by copying, cloning or listing it", () => {
  const secret = new Secret(VALUE);
  expect(JSON.stringify([Object.assign({}, secret), Object.entries(secret), structuredClone(secret)])).not.toContain(VALUE);
});

function printedByConsole(value: unknown): string {
  const chunks: string[] = [];
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  new Console({ stdout }).log("value:", value);
  return chunks.join("");
}
