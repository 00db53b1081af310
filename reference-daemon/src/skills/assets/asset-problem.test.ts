import type { AssetType } from "@flynn/sdk/skill-scanner";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { assetSamples, gif, jpegSegment, png, pngChunk, ttf, webp, woff2 } from "../../../test/asset-samples.ts";
import { findingNames, scan } from "../../../test/scanning.ts";
import { temporarySkill } from "../../../test/temporary-skill.ts";
import { assetProblem } from "./asset-problem.ts";

const types = Object.keys(assetSamples) as AssetType[];
const zip = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)]);

describe.each(types)("%s", (type) => {
  const whole = assetSamples[type];

  test("is allowed whole, where the policy names it, whatever it is called", async () => {
    using skill = temporarySkill({ "asset.dat": whole });
    const allowed = await scan(skill.root, { policy: { assets: [type] } });
    expect(allowed).toMatchObject({ verdict: "allow", findings: [] });
    expect(allowed.inventory[1]).toMatchObject({ path: "asset.dat", disposition: "read", bytes: whole.length });
  });

  test("is refused where the policy names other types or none", async () => {
    using skill = temporarySkill({ [`asset.${type}`]: whole });
    const others = types.filter((other) => other !== type);
    expect(findingNames(await scan(skill.root, { policy: { assets: others } }))).toEqual([`BIN-MEDIA asset.${type}`]);
    expect(findingNames(await scan(skill.root))).toEqual([`BIN-MEDIA asset.${type}`]);
  });

  test("is refused with anything behind it, even inside an allowed policy", () => {
    for (const tail of [Buffer.from("x"), Buffer.alloc(1, 1), zip, Buffer.from("\n#!/bin/sh\necho hi\n")]) {
      expect(assetProblem(type, Buffer.concat([whole, tail]))).not.toBeNull();
    }
  });

  test("is refused cut short anywhere", () => {
    for (let length = 16; length < whole.length; length += 1) expect(assetProblem(type, whole.subarray(0, length))).not.toBeNull();
  });

  test("is refused, and never crashes the check, with other bytes behind its signature", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assetProblem(type, Buffer.concat([whole.subarray(0, 12), bytes]));
        assetProblem(type, Buffer.from(bytes));
      }),
    );
  });
});

describe("what hides inside of an asset", () => {
  test.each<[string, AssetType, Buffer]>([
    ["a PNG chunk whose checksum is wrong", "png", flipLastByteOf(png(), 40)],
    ["a PNG chunk that no decoder knows and none may ignore", "png", png([pngChunk("EVIL", Buffer.from("x"))])],
    ["a PNG with a ZIP in a private chunk", "png", png([pngChunk("prVt", zip)])],
    ["a PNG with a PDF in a comment", "png", png([pngChunk("tEXt", Buffer.from("Comment\0%PDF-1.7"))])],
    ["a PNG without image data", "png", Buffer.concat([png().subarray(0, 33), pngChunk("IEND", Buffer.alloc(0))])],
    ["a GIF whose comment closes a comment of a script", "gif", gif({ comment: "*/=1;alert(1)/*" })],
    [
      "a JPEG without a scan",
      "jpeg",
      Buffer.concat([Buffer.from([0xff, 0xd8]), jpegSegment(0xe1, Buffer.from("x")), Buffer.from([0xff, 0xd9])]),
    ],
    [
      "a WebP with an unknown chunk",
      "webp",
      webp([
        ["VP8L", Buffer.from("x")],
        ["EVIL", Buffer.from("x")],
      ]),
    ],
    [
      "a WebP without an image",
      "webp",
      webp([
        ["VP8X", Buffer.alloc(10)],
        ["EXIF", Buffer.from("x")],
      ]),
    ],
    ["a WOFF2 with private data", "woff2", woff2({ privateBytes: 4 })],
    ["a WOFF2 with something between", "woff2", woff2({ behind: "evil" })],
    ["a TTF with tables that overlap", "ttf", overlapping()],
    ["a TTF with a gap", "ttf", gapped()],
  ])("%s is refused", (_, type, bytes) => {
    expect(assetProblem(type, bytes)).not.toBeNull();
  });

  test.each<[string, AssetType, Buffer]>([
    ["a PNG with a comment", "png", png([pngChunk("tEXt", Buffer.from("Comment\0made by hand"))])],
    ["a PNG with a private chunk", "png", png([pngChunk("prVt", Buffer.from("x"))])],
    ["a GIF with a comment", "gif", gif({ comment: "Created with a program, https://program.example.invalid" })],
    [
      "a wide WebP",
      "webp",
      webp([
        ["VP8X", Buffer.alloc(10)],
        ["ICCP", Buffer.from("abc")],
        ["VP8 ", Buffer.from("abc")],
      ]),
    ],
    ["a TTF of Apple's", "ttf", ttf({ head: Buffer.from("abcd") }, "true")],
  ])("%s is allowed", (_, type, bytes) => {
    expect(assetProblem(type, bytes)).toBeNull();
  });

  test("a GIF that is a script is refused though it is text", async () => {
    using skill = temporarySkill({ "a.gif": "GIF89a=1;alert(1)//", "b.gif": "GIF89a/*x*/=1", "notes.md": "GIF89a is a signature" });
    expect(findingNames(await scan(skill.root, { policy: { assets: ["gif"] } }))).toEqual(["BIN-MEDIA a.gif", "BIN-MEDIA b.gif"]);
  });

  test("an executable by the name of an allowed asset is an executable", async () => {
    using skill = temporarySkill({ "logo.png": Buffer.from("\x7FELF\x02\x01\x01\0", "latin1") });
    expect(findingNames(await scan(skill.root, { policy: { assets: ["png"] } }))).toEqual(["BIN-EXECUTABLE logo.png"]);
  });
});

function flipLastByteOf(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8((changed[at] ?? 0) ^ 1, at);
  return changed;
}

function overlapping(): Buffer {
  const bytes = ttf({ head: Buffer.from("abcd"), cmap: Buffer.from("efgh") });
  bytes.writeUInt32BE(bytes.readUInt32BE(20), 36);
  return bytes;
}

function gapped(): Buffer {
  const bytes = ttf({ head: Buffer.from("abcdefgh"), cmap: Buffer.from("efgh") });
  bytes.writeUInt32BE(2, 24);
  return bytes;
}
