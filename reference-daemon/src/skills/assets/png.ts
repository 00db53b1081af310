import { crc32 } from "node:zlib";

import { problemIn } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

const SIGNATURE_BYTES = 8;
const CRITICAL = ["IHDR", "PLTE", "IDAT", "IEND"];

/** Every chunk from IHDR to IEND with its checksum, image data among them, and nothing behind. */
export function pngProblem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    cursor.take(SIGNATURE_BYTES);
    const types: string[] = [];
    while (types.at(-1) !== "IEND") {
      const chunk = nextChunk(cursor);
      if (chunk.problem !== null) return chunk.problem;
      types.push(chunk.type);
    }
    if (types[0] !== "IHDR") return "does not start with its header";
    if (!types.includes("IDAT")) return "holds no image";
    return cursor.left === 0 ? null : "goes on after its end";
  });
}

function nextChunk(cursor: ByteCursor): { type: string; problem: string | null } {
  const length = cursor.uint32();
  const type = cursor.text(4);
  const content = cursor.take(length);
  const checksum = cursor.uint32();
  return { type, problem: chunkProblem(type, content, checksum) };
}

function chunkProblem(type: string, content: Buffer, checksum: number): string | null {
  if (!/^[A-Za-z]{4}$/u.test(type)) return "has a broken structure";
  const isCritical = type.charAt(0) === type.charAt(0).toUpperCase();
  if (isCritical && !CRITICAL.includes(type)) return "holds a part that is not of its format";
  if (crc32(content, crc32(type)) !== checksum) return "is damaged: a checksum is wrong";
  if (type === "IHDR" && content.length !== 13) return "has a broken header";
  return type === "IEND" && content.length > 0 ? "holds data in its end mark" : null;
}
