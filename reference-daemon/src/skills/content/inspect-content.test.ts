import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { inspectContent } from "./inspect-content.ts";

const none = new Set<never>();
const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
const ruleOf = (content: Buffer): string => inspectContent("x", content, none).finding?.ruleId ?? "none";

/** Zeros around the marks at their offsets. */
function marked(...marks: readonly (readonly [offset: number, text: string])[]): Buffer {
  const buffer = Buffer.alloc(Math.max(...marks.map(([offset, text]) => offset + text.length)) + 64);
  for (const [offset, text] of marks) bytes(text).copy(buffer, offset);
  return buffer;
}

function oldTar(): Buffer {
  const header = Buffer.alloc(1024);
  bytes("file.txt").copy(header);
  bytes("0000644\0").copy(header, 100);
  bytes("        ").copy(header, 148);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes(`${sum.toString(8).padStart(6, "0")}\0 `).copy(header, 148);
  return header;
}

describe("binaries", () => {
  test.each<[string, string, Buffer]>([
    ["ELF", "BIN-EXECUTABLE", marked([0, "\x7FELF"])],
    ["PE", "BIN-EXECUTABLE", marked([0, "MZ\x90\0\x03"])],
    ["Mach-O", "BIN-EXECUTABLE", marked([0, "\xCF\xFA\xED\xFE"])],
    ["fat Mach-O", "BIN-BYTECODE", marked([0, "\xCA\xFE\xBA\xBE\0\0\0\x02"])],
    ["Java", "BIN-BYTECODE", marked([0, "\xCA\xFE\xBA\xBE\0\0\0\x41"])],
    ["WebAssembly", "BIN-EXECUTABLE", marked([0, "\0asm\x01"])],
    ["Python 3.12", "BIN-BYTECODE", marked([0, "\xCB\x0D\r\n"])],
    ["Python 3.14", "BIN-BYTECODE", marked([0, "\x2B\x0E\r\n"])],
    ["Python 2.7", "BIN-BYTECODE", marked([0, "\x03\xF3\r\n"])],
    ["DEX", "BIN-BYTECODE", marked([0, "dex\n035\0"])],
    ["Lua", "BIN-BYTECODE", marked([0, "\x1BLua\x54"])],
    ["ZIP", "BIN-ARCHIVE", marked([0, "PK\x03\x04"])],
    ["empty ZIP", "BIN-ARCHIVE", marked([0, "PK\x05\x06"])],
    ["ZIP behind a script", "BIN-ARCHIVE", Buffer.concat([bytes("#!/bin/sh\nexit\n"), bytes("PK\x05\x06"), Buffer.alloc(18)])],
    [
      "ZIP with a comment behind",
      "BIN-ARCHIVE",
      Buffer.concat([bytes("x"), bytes("PK\x05\x06"), Buffer.alloc(18), bytes("c".repeat(900))]),
    ],
    ["gzip", "BIN-ARCHIVE", gzipSync("x")],
    ["bzip2", "BIN-ARCHIVE", bytes("BZh91AY&SY\x01\x02")],
    ["xz", "BIN-ARCHIVE", marked([0, "\xFD7zXZ\0"])],
    ["zstd", "BIN-ARCHIVE", marked([0, "(\xB5/\xFD"])],
    ["7z", "BIN-ARCHIVE", marked([0, "7z\xBC\xAF\x27\x1C"])],
    ["RAR", "BIN-ARCHIVE", marked([0, "Rar!\x1A\x07\x01\0"])],
    ["POSIX tar", "BIN-ARCHIVE", marked([0, "name"], [257, "ustar\x0000"])],
    ["GNU tar", "BIN-ARCHIVE", marked([0, "name"], [257, "ustar  \0"])],
    ["old tar", "BIN-ARCHIVE", oldTar()],
    ["cabinet", "BIN-ARCHIVE", marked([0, "MSCF\0\0\0\0"])],
    ["cpio", "BIN-ARCHIVE", marked([0, "070701000000"])],
    ["Debian package", "BIN-ARCHIVE", bytes("!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n")],
    ["RPM", "BIN-ARCHIVE", marked([0, "\xED\xAB\xEE\xDB"])],
    ["disk image", "BIN-ARCHIVE", Buffer.concat([Buffer.alloc(64, 0xff), bytes("koly\0\0\0\x04"), Buffer.alloc(504)])],
    ["OLE", "BIN-DOCUMENT", marked([0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"])],
    ["PDF of plain ASCII", "BIN-DOCUMENT", bytes("%PDF-1.7\n1 0 obj\n")],
    ["SQLite", "BIN-DATA", marked([0, "SQLite format 3\0"])],
    ["pickle", "BIN-DATA", bytes("\x80\x04\x95\x01\x8c\x02os\x94.")],
    ["pickle of plain ASCII", "BIN-DATA", bytes("cos\nsystem\n(S'id'\ntR.")],
    ["pickle of plain ASCII with a memo", "BIN-DATA", bytes("cos\nsystem\np0\n(Vid\np1\ntp2\nRp3\n.")],
    ["MP4", "BIN-MEDIA", marked([4, "ftypisom"])],
    ["unknown", "BIN-UNKNOWN", bytes("\x01\x02\xFF\xFE\0\x03")],
    ["unknown without a NUL", "BIN-UNKNOWN", bytes("\x01\x02\xFF\xFE\x03")],
  ])("%s is %s", (_, rule, content) => {
    expect(ruleOf(content)).toBe(rule);
    expect(inspectContent("x.md", content, none)).toMatchObject({
      disposition: "opaque",
      encoding: null,
      finding: { action: "reject", category: "binary" },
    });
  });
});

describe("text", () => {
  test.each([
    ["nothing", ""],
    ["the letters of a DOS executable", "MZ is how a DOS executable starts\n"],
    ["the letters of a ZIP archive", "PK are the initials of Phil Katz\n"],
    ["the letters of a bitmap", "BM25 ranks documents\n"],
    ["the letters of bzip2", "BZh is a prefix\n"],
    ["the letters of a font", "true\n"],
    ["the letters of RIFF", "RIFF is a container\n"],
    ["the letters of a Flash film", "FWS\n"],
    ["the digits of cpio", "0707010 is a number\n"],
    ["a signature in escapes", "\\x7fELF, \\xca\\xfe\\xba\\xbe and PK\\x03\\x04\n"],
    ["the word ustar where tar has it", `${" ".repeat(257)}ustar is a format\n`],
    ["a PDF header on its second line", "A PDF starts with\n%PDF-1.7\n"],
    ["two characters and a line end", "hi\r\nthere\r\n"],
    ["prose with a c, a line each", "conclusion\nsystem\n(This is R.\n"],
    ["colours of a terminal", "\u001B[31mred\u001B[0m\n"],
    ["a form feed", "page\fpage\n"],
    ["a long line", "x".repeat(500_000)],
    ["emoji and scripts of the world", "👩‍👩‍👧 🏴 日本 한국 Привет עברית\n"],
    ["a byte order mark", "\uFEFFtext\n"],
  ])("that holds %s is read", (_, text) => {
    expect(inspectContent("x", Buffer.from(text), none)).toEqual({ disposition: "read", encoding: "utf-8", finding: null });
  });

  test.each([
    ["at the start", `\0${"a".repeat(100)}`],
    ["at the end", `${"a".repeat(100_000)}\0`],
    ["in the middle", `${"a".repeat(20_000)}\0${"b".repeat(20_000)}`],
  ])("with a NUL %s is refused", (_, text) => {
    expect(ruleOf(Buffer.from(text))).toBe("ENC-NUL");
  });

  test.each([
    ["Latin-1 prose", bytes("caf\xE9 au lait\n")],
    ["one wrong byte at the end of much text", Buffer.concat([Buffer.alloc(100_000, "a"), Buffer.from([0x80])])],
    ["an overlong form", Buffer.from([0x61, 0xc0, 0xaf])],
    ["a surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80])],
    ["Shift JIS", Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x0a])],
    ["a mark of UTF-16 and an odd byte", Buffer.from([0xff, 0xfe, 0x61])],
  ])("that is %s gets a warning", (_, content) => {
    expect(inspectContent("x", content, none)).toMatchObject({ disposition: "opaque", finding: { ruleId: "ENC-INVALID", action: "warn" } });
  });

  const text = "héllo 👍\n";
  const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
  const utf32 = Buffer.concat([..."\uFEFF", ...text].map((character) => utf32Unit(character)));

  test.each([
    ["UTF-16, little-endian", utf16],
    ["UTF-16, big-endian", Buffer.from(utf16).swap16()],
    ["UTF-32, little-endian", utf32],
    ["UTF-32, big-endian", Buffer.from(utf32).swap32()],
  ])("in %s with a byte order mark is read, with a note", (_, content) => {
    expect(inspectContent("x", content, none)).toMatchObject({ disposition: "read", finding: { ruleId: "ENC-WIDE", action: "note" } });
  });

  test.each([
    ["without a byte order mark", utf16.subarray(2)],
    ["with a NUL character", Buffer.from("\uFEFFa\0b", "utf16le")],
    ["with half a surrogate pair", Buffer.from("\uFEFFab\uD83C", "utf16le")],
    ["with an odd number of bytes", utf16.subarray(0, -1)],
    ["in UTF-32 with a number that is no character", Buffer.concat([utf32, Buffer.from([0, 0, 0x20, 0])])],
  ])("in UTF-16 %s is refused", (_, content) => {
    expect(inspectContent("x", content, none).finding?.action).toBe("reject");
  });
});

test("whatever the bytes, there is an answer, and what is not read has a finding", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (content) => {
      const { disposition, finding } = inspectContent("x", Buffer.from(content), none);
      expect(disposition === "read" || finding !== null).toBe(true);
    }),
  );
});

test("text with a NUL anywhere is never allowed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(), (text, where) => {
      const content = Buffer.from(text);
      const at = where % (content.length + 1);
      const spoilt = Buffer.concat([content.subarray(0, at), Buffer.from([0]), content.subarray(at)]);
      expect(inspectContent("x", spoilt, none).finding?.action).toBe("reject");
    }),
  );
});

function utf32Unit(character: string): Buffer {
  const unit = Buffer.alloc(4);
  unit.writeUInt32LE(character.codePointAt(0) ?? 0);
  return unit;
}
