import { problemIn } from "./byte-cursor.ts";

const KNOWN = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP "];
const FIRST = ["VP8 ", "VP8L", "VP8X"];
const IMAGES = ["VP8 ", "VP8L", "ANMF"];

/** A RIFF container of exactly the file's length, with known chunks only, an image among them. */
export function webpProblem(bytes: Buffer): string | null {
  return problemIn(bytes, (cursor) => {
    cursor.take(4);
    const length = cursor.uint32LittleEndian();
    if (length > cursor.left) return "is cut short";
    if (length < cursor.left) return "goes on after its end";
    cursor.take(4);
    const types: string[] = [];
    while (cursor.left > 0) {
      const type = cursor.text(4);
      const size = cursor.uint32LittleEndian();
      cursor.take(size + (size % 2));
      types.push(type);
    }
    if (types.some((type) => !KNOWN.includes(type))) return "holds a part that is not of its format";
    if (!FIRST.includes(types[0] ?? "")) return "has a broken structure";
    return types.some((type) => IMAGES.includes(type)) ? null : "holds no image";
  });
}
