import { signatures } from "./signatures.ts";
import type { Signature } from "./signatures.ts";
import { isTextLike } from "./text-encoding.ts";

interface Mark {
  readonly offset: number;
  readonly bytes: Buffer;
}

interface CompiledSignature {
  readonly signature: Signature;
  readonly marks: readonly Mark[];
}

const compiled: readonly CompiledSignature[] = signatures.map((signature) => ({
  signature,
  marks: signature.marks.map(([offset, text]) => ({ offset, bytes: Buffer.from(text, "latin1") })),
}));

/** By the first byte of a file, in the order of the table: the signatures that it can bear. */
const candidatesByFirstByte: readonly (readonly CompiledSignature[])[] = Array.from({ length: 256 }, (_, first) =>
  compiled.filter(({ marks }) => marks.every((mark) => mark.offset > 0 || mark.bytes[0] === first)),
);

/** The first known format whose marks the file bears, wherever its name says that it is; null if it bears none. */
export function findSignature(bytes: Buffer): Signature | null {
  const candidates = candidatesByFirstByte[bytes[0] ?? 0] ?? [];
  const found = candidates.find(
    ({ signature, marks }) => marks.every((mark) => bears(bytes, mark)) && !(signature.unlessText === true && isTextLike(bytes)),
  );
  return found?.signature ?? null;
}

function bears(bytes: Buffer, mark: Mark): boolean {
  if (bytes[mark.offset] !== mark.bytes[0]) return false;
  const end = mark.offset + mark.bytes.length;
  return end <= bytes.length && bytes.compare(mark.bytes, 0, mark.bytes.length, mark.offset, end) === 0;
}
