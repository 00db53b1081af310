import { expect, test } from "vitest";

import { redactedSlice } from "./redaction.ts";

const token = `ghp_${"aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"}`;

test("a credential in a slice is replaced, and that is told", () => {
  const text = `curl -H "Authorization: ${token}" https://x.example.invalid`;
  const { text: shown, isRedacted } = redactedSlice(text, 0, text.length);
  expect(isRedacted).toBe(true);
  expect(shown).not.toContain(token.slice(4, 16));
  expect(shown).toContain("ghp_…[40 characters]");
});

test("so is one that the slice cuts short", () => {
  const text = `curl ${token}`;
  const { text: shown } = redactedSlice(text, 0, 20);
  expect(shown).not.toContain(token.slice(4, 12));
});

test.each(["''", '""', "\\", "\\\n", '" + "', "' . '"])("so is one that a shell or a program puts together at %j", (joint) => {
  const text = `curl -H X:${token.slice(0, 20)}${joint}${token.slice(20)} https://x.example.invalid`;
  const { text: shown, isRedacted } = redactedSlice(text, 0, text.length);
  expect(isRedacted).toBe(true);
  for (const half of [token.slice(4, 20), token.slice(20)]) expect(shown).not.toContain(half);
});

test("and a password in a URL, a key's body and a header's token", () => {
  for (const [text, secret] of [
    ["postgres://me:hunter2hunter2@db", "hunter2hunter2"],
    [`-----BEGIN ${""}PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END`, "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"],
    [`7123456789:${"AA"}Hq3xV9kLmN2pRtYwZ5bC7dE1fG4jK6sU8`, "7123456789:AA"],
    ["Authorization: Bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"],
  ] as const) {
    expect(redactedSlice(text, 0, text.length).text).not.toContain(secret);
  }
});

test("a text without one is as it was", () => {
  expect(redactedSlice("echo hello", 0, 10)).toEqual({ text: "echo hello", isRedacted: false });
});
