import type { View } from "../views/view.ts";
import type { SpellingSign } from "./spelling-signs.ts";

/** The text in another spelling, where the text itself says that it is to be read so. */
export function* respelled(text: string, signs: ReadonlySet<SpellingSign>): Generator<View> {
  if (signs.has("rot13")) {
    const letters = text.replaceAll(/[a-z]/giu, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + (/[a-m]/iu.test(letter) ? 13 : -13)),
    );
    yield { text: letters, disguise: "behind rot13", isSuspicious: true, sourceOffset: (offset) => offset };
  }
  if (signs.has("reversed")) {
    const last = text.length - 1;
    yield { text: reversed(text), disguise: "written backwards", isSuspicious: true, sourceOffset: (offset) => Math.max(0, last - offset) };
  }
}

/** By UTF-16 units, so that places can be told; what a reversed pair of surrogates says is of no interest. */
function reversed(text: string): string {
  const units = Buffer.from(text, "utf16le");
  new Uint16Array(units.buffer, units.byteOffset, text.length).reverse();
  return units.toString("utf16le");
}
