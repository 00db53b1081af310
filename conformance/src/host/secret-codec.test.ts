import { inspect } from "node:util";

import { CodedError, Secret } from "@flynn/sdk/kernel";
import type { SecretHandle } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { SecretCodec } from "./secret-codec.ts";

const VALUE = "fk-not-a-real-key-0123456789";

function codec(): SecretCodec {
  return new SecretCodec(async (handle) => `value of ${handle}`);
}

test("a reference becomes a handle that asks for its value each time", async () => {
  const decoded = codec().decode({ keys: [{ $secret: "host-1", fingerprint: "f1" }], plain: 1 }) as { keys: SecretHandle[]; plain: number };
  expect(decoded.plain).toBe(1);
  expect(decoded.keys[0]?.fingerprint).toBe("f1");
  expect(await decoded.keys[0]?.reveal()).toBe("value of host-1");
  expect(JSON.stringify(decoded)).toBe('{"keys":["[secret]"],"plain":1}');
});

test("a secret of the subject becomes a reference, and only its handle reveals it", () => {
  const own = codec();
  const encoded = own.encode({ lease: { token: new Secret(VALUE) }, list: [new Secret(VALUE)] }, "acquire");
  expect(JSON.stringify(encoded)).not.toContain(VALUE);
  expect(encoded).toMatchObject({ lease: { token: { $secret: "subject-1" } }, list: [{ $secret: "subject-2" }] });
  expect(own.reveal("subject-1")).toBe(VALUE);
  expect(own.reveal("subject-3")).toBeUndefined();
  expect(codec().reveal("subject-1")).toBeUndefined();
});

test("equal secrets have equal fingerprints, which do not hold them", () => {
  const [first, second] = codec().encode([new Secret(VALUE), new Secret(VALUE)], "m") as { fingerprint: string }[];
  expect(first?.fingerprint).toBe(second?.fingerprint);
  expect(inspect(first)).not.toContain(VALUE.slice(0, 8));
});

test("a secret of another copy of the SDK is one too, also one that is read later", async () => {
  const foreign = { fingerprint: "f2", reveal: () => VALUE };
  class Vaulted {
    readonly fingerprint = "f3";
    reveal(): Promise<string> {
      return Promise.resolve(VALUE);
    }
  }
  const own = codec();
  expect(own.encode([foreign, new Vaulted()], "m")).toEqual([
    { $secret: "subject-1", fingerprint: "f2" },
    { $secret: "subject-2", fingerprint: "f3" },
  ]);
  expect(await own.reveal("subject-1")).toBe(VALUE);
  expect(await own.reveal("subject-2")).toBe(VALUE);
});

test("a handle of the host goes back as the reference that it came as", () => {
  const own = codec();
  expect(own.encode(own.decode({ $secret: "host-1", fingerprint: "f1" }), "m")).toEqual({ $secret: "host-1", fingerprint: "f1" });
});

test("undefined is null, and a member that is undefined is not there", () => {
  expect(codec().encode(undefined, "m")).toBeNull();
  expect(codec().encode({ a: undefined, b: [undefined] }, "m")).toEqual({ b: [null] });
});

test("a member named __proto__ stays a member", () => {
  const json = '{"__proto__":{"polluted":true}}';
  expect(JSON.stringify(codec().encode(codec().decode(JSON.parse(json)), "m"))).toBe(json);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

interface Node {
  readonly children: Node[];
  readonly parent?: Node;
}

/** Each child points at its parent: following every way down would take as long as there are ways. */
function tree(): Node {
  const root: Node = { children: [] };
  for (let count = 0; count < 5; count += 1) root.children.push({ children: [], parent: root });
  return root;
}

const cyclic: unknown[] = [];
cyclic.push(cyclic);

const notJson: Readonly<Record<string, unknown>> = {
  "a Date": new Date(0),
  "a Map": new Map(),
  "a class instance": new (class Lease {})(),
  "a function": () => 1,
  NaN: Number.NaN,
  "a BigInt": 1n,
  "a cycle": cyclic,
  "a tree that knows its parents": tree(),
  "something of it deep inside": { a: [{ b: new Date(0) }] },
};

for (const [name, value] of Object.entries(notJson)) {
  test(`${name} is refused with the name of the method`, () => {
    const encode = (): unknown => codec().encode(value, "acquire");
    expect(encode).toThrow(/^acquire gave a value that is not JSON/u);
    try {
      encode();
    } catch (error) {
      expect(CodedError.is(error) && error.code).toBe("NOT_JSON");
    }
  });
}
