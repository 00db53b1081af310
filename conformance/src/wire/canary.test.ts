import { describe, expect, test } from "vitest";

import { CanaryScanner } from "./canary.ts";

/** Letters and digits, without a twelve-character part that comes twice. */
const VALUE = "fk3f9a1c7e5d2b8a6094cb71de83af5260b9d47e1c";

function scanner(...values: readonly string[]): CanaryScanner {
  const made = new CanaryScanner();
  for (const value of values.length > 0 ? values : [VALUE]) made.plant("a key", value);
  return made;
}

function windows(text: string, length: number): readonly string[] {
  return Array.from({ length: text.length - length + 1 }, (_, start) => text.slice(start, start + length));
}

const encodings: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  "lower-case hex": (text) => Buffer.from(text).toString("hex"),
  "upper-case hex": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  "hex with spaces": (text) => (Buffer.from(text).toString("hex").match(/../gu) ?? []).join(" "),
  "upper-case hex with colons": (text) => (Buffer.from(text).toString("hex").toUpperCase().match(/../gu) ?? []).join(":"),
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64 after one byte": (text) => Buffer.from(`:${text}:`).toString("base64"),
  "base64 after two bytes": (text) => Buffer.from(`u:${text}:x`).toString("base64"),
  URL: (text) => `https://api.example.invalid/?key=${encodeURIComponent(text)}&n=1`,
  JSON: (text) => JSON.stringify({ headers: { authorization: `Bearer ${text}` } }),
};

describe.each(Object.entries(encodings))("in %s", (name, encode) => {
  test("the whole value is found, and nothing of it is left after redaction", () => {
    const text = `before ${encode(VALUE)} after`;
    expect(scanner().find(text)).toMatchObject({ label: "a key" });
    const redacted = scanner().redact(text);
    expect(redacted).toContain("[redacted]");
    for (const window of windows(VALUE, 12)) expect(redacted).not.toContain(window);
    expect(scanner().find(redacted)).toBeUndefined();
  });

  test("any twelve characters in a row are found", () => {
    for (const window of windows(VALUE, 12)) expect(scanner().find(`x ${encode(window)} y`), window).toBeDefined();
  });

  // Eleven characters of base64 may agree in a bit more than they hold.
  test(`${name.startsWith("base64") ? "ten" : "eleven"} are not`, () => {
    for (const window of windows(VALUE, name.startsWith("base64") ? 10 : 11))
      expect(scanner().find(`x ${encode(window)} y`), window).toBeUndefined();
  });
});

test("text that holds nothing is left as it is", () => {
  const text = `{"leaseId":"lease-1","token":{"$secret":"host-1","fingerprint":"${"0".repeat(16)}"}}`;
  expect(scanner().find(text)).toBeUndefined();
  expect(scanner().redact(text)).toBe(text);
});

test("a value is found wherever the chunks of a channel cut it, and is not told again with what follows", () => {
  const text = `some log ${VALUE} more log`;
  for (let at = 1; at < text.length; at += 1) {
    const found = scanner();
    const leaks = [found.look("stderr", text.slice(0, at)), found.look("stderr", text.slice(at))];
    expect(leaks.some(Boolean), `cut at ${at}`).toBe(true);
    expect(found.look("stderr", " and on")).toBeUndefined();
  }
});

test("channels are not taken for one", () => {
  const found = scanner();
  expect(found.look("stderr", VALUE.slice(0, 11))).toBeUndefined();
  expect(found.look("a log", VALUE.slice(11, 22))).toBeUndefined();
});

test("a value that trickles in one character at a time is found, in any form", () => {
  for (const encode of Object.values(encodings)) {
    const found = scanner();
    expect([...encode(VALUE)].some((character) => found.look("stderr", character) !== undefined)).toBe(true);
  }
});

test("short parts before a whole value do not hide it from redaction", () => {
  const parts = windows(VALUE, 6).join(" ");
  const redacted = scanner().redact(`${parts} ${VALUE} ${parts} ${VALUE}`);
  expect(redacted).toBe(`${parts} [redacted] ${parts} [redacted]`);
});

test("the right one of several values is named, and all of them go", () => {
  const other = "fk00112233445566778899aabbccddeeff0123456789";
  const found = scanner();
  found.plant("another key", other);
  expect(found.find(`got ${other}`)).toEqual({ label: "another key", form: "raw" });
  expect(found.redact(`${VALUE} and ${other}`)).toBe("[redacted] and [redacted]");
});

test("the form is named", () => {
  expect(scanner().find(Buffer.from(VALUE).toString("hex"))?.form).toBe("hex");
  expect(scanner().find(Buffer.from(VALUE).toString("base64"))?.form).toBe("base64");
});

test("a value that is more than letters and digits is found as JSON, URLs and base64url write it", () => {
  const value = `p>>w"~??\\ü/${"k9".repeat(3)}~~??${"z8".repeat(5)}`;
  for (const encode of Object.values(encodings)) {
    expect(scanner(value).find(`<${encode(value)}>`), encode(value)).toBeDefined();
    expect(scanner(value).redact(`<${encode(value)}>`)).not.toContain(value);
  }
});

test("a value too short to tell from chance is not planted", () => {
  const found = scanner("short");
  expect(found.find("short")).toBeUndefined();
  expect(found.redact("short")).toBe("short");
});

test("a value that holds the mark of redaction does not go round for ever", () => {
  expect(scanner("[redacted][redacted]").redact("x [redacted][redacted] y")).toBe("x [redacted] y");
});
