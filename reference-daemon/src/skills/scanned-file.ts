import type { TextEncoding } from "./content/text-encoding.ts";

/** A file that was read, as the rules get it: once, and only for as long as they look at it. */
export class ScannedFile {
  /** As in the inventory. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly #encoding: TextEncoding | null;
  #text: string | undefined;

  constructor(path: string, bytes: Buffer, encoding: TextEncoding | null) {
    this.path = path;
    this.bytes = bytes;
    this.#encoding = encoding;
  }

  /** Null unless the file is UTF-8 text. A byte order mark is still there. */
  get text(): string | null {
    if (this.#encoding !== "utf-8") return null;
    return (this.#text ??= this.bytes.toString("utf8"));
  }
}
