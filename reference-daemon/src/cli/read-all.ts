import type { InputStream } from "./streams.ts";

/** All of an input; null if it is longer than that, and then no more of it is read. */
export async function readAll(input: InputStream, mostBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > mostBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
