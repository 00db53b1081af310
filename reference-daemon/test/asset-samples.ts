import { crc32, deflateSync } from "node:zlib";

import type { AssetType } from "@flynn/sdk/skill-scanner";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

/** The smallest whole file of each type. */
export const assetSamples: Readonly<Record<AssetType, Buffer>> = {
  png: png(),
  jpeg: jpeg(),
  gif: gif(),
  webp: webp([["VP8L", latin1("\x2F\0\0\0\0\x07\x10\xFD\x8F\xFE\x07")]]),
  woff2: woff2(),
  ttf: ttf({ head: latin1("head-of-it"), cmap: latin1("cmap") }),
};

export function pngChunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content, crc32(type)));
  return Buffer.concat([length, latin1(type), content, checksum]);
}

export function png(extra: readonly Buffer[] = []): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const image = deflateSync(Buffer.from([0, 255]));
  const chunks = [pngChunk("IHDR", header), ...extra, pngChunk("IDAT", image), pngChunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([latin1("\x89PNG\r\n\x1A\n"), ...chunks]);
}

export function jpegSegment(code: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, code, (content.length + 2) >> 8, (content.length + 2) & 0xff]), content]);
}

function jpeg(): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, latin1("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
    jpegSegment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
  ]);
}

export function gif({ width = 1, comment }: { width?: number; comment?: string } = {}): Buffer {
  const screen = Buffer.from([width & 0xff, width >> 8, 1, 0, 0x80, 0, 0]);
  const note = comment === undefined ? "" : `\x21\xFE${String.fromCharCode(comment.length)}${comment}\0`;
  const image = "\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
  return Buffer.concat([latin1("GIF89a"), screen, latin1("\0\0\0\xFF\xFF\xFF"), latin1(note), latin1(image), latin1(";")]);
}

export function webp(chunks: readonly (readonly [type: string, content: Buffer])[]): Buffer {
  const body = Buffer.concat([latin1("WEBP"), ...chunks.map(([type, content]) => riffChunk(type, content))]);
  return riffChunk("RIFF", body);
}

function riffChunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([latin1(type), length, content, Buffer.alloc(content.length % 2)]);
}

export function woff2({ privateBytes = 0, behind = "" } = {}): Buffer {
  const directory = Buffer.from([0x01, 0x10, 0x3f, ...latin1("Test"), 0x81, 0x00]);
  const font = latin1("compressed");
  const header = Buffer.alloc(48);
  const file = Buffer.concat([header, directory, font, latin1(behind)]);
  latin1("wOF2").copy(file);
  file.writeUInt32BE(0x10000, 4);
  file.writeUInt32BE(file.length, 8);
  file.writeUInt16BE(2, 12);
  file.writeUInt32BE(font.length, 20);
  file.writeUInt32BE(privateBytes, 44);
  return file;
}

export function ttf(tables: Readonly<Record<string, Buffer>>, version = "\0\x01\0\0"): Buffer {
  const entries = Object.entries(tables);
  const header = Buffer.alloc(12);
  latin1(version).copy(header);
  header.writeUInt16BE(entries.length, 4);
  let start = 12 + 16 * entries.length;
  const records = entries.map(([tag, content]) => {
    const record = Buffer.alloc(16);
    latin1(tag).copy(record);
    record.writeUInt32BE(start, 8);
    record.writeUInt32BE(content.length, 12);
    start += content.length + padding(content);
    return record;
  });
  const contents = entries.map(([, content]) => Buffer.concat([content, Buffer.alloc(padding(content))]));
  return Buffer.concat([header, ...records, ...contents]);
}

function padding(content: Buffer): number {
  return (4 - (content.length % 4)) % 4;
}
