import { problemIn } from "./byte-cursor.ts";
import type { ByteCursor } from "./byte-cursor.ts";

interface Table {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

/** Tables that follow each other with nothing but padding between them, up to the end of the file. */
export function ttfProblem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    cursor.take(4);
    const count = cursor.uint16();
    cursor.take(6);
    if (count === 0) return "holds no tables";
    const tables = Array.from({ length: count }, () => readTable(cursor));
    if (tables.some(({ tag }) => !/^[ -~]{4}$/u.test(tag))) return "has a broken structure";
    return layoutProblem(bytes, cursor.offset, tables);
  });
}

function readTable(cursor: ByteCursor): Table {
  const tag = cursor.text(4);
  cursor.take(4);
  const start = cursor.uint32();
  const length = cursor.uint32();
  return { tag, start, end: start + length };
}

function layoutProblem(bytes: Buffer, directoryEnd: number, tables: readonly Table[]): string | null {
  let end = directoryEnd;
  for (const table of tables.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (table.end > bytes.length) return "is cut short";
    if (table.start < end) return "has tables that overlap";
    if (!isPadding(bytes, end, table.start)) return "holds data outside of its tables";
    end = table.end;
  }
  return isPadding(bytes, end, bytes.length) ? null : "goes on after its end";
}

/** At most three zero bytes, up to the next multiple of four. */
function isPadding(bytes: Buffer, start: number, end: number): boolean {
  return end - start < 4 && bytes.subarray(start, end).every((byte) => byte === 0);
}
