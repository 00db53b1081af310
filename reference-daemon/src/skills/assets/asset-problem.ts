import type { AssetType } from "@flynn/sdk/skill-scanner";

import { hiddenArchive } from "../content/hidden-archive.ts";
import { gifProblem } from "./gif.ts";
import { jpegProblem } from "./jpeg.ts";
import { pngProblem } from "./png.ts";
import { ttfProblem } from "./ttf.ts";
import { webpProblem } from "./webp.ts";
import { woff2Problem } from "./woff2.ts";

const checks: Readonly<Record<AssetType, (bytes: Buffer) => string | null>> = {
  png: pngProblem,
  jpeg: jpegProblem,
  gif: gifProblem,
  webp: webpProblem,
  woff2: woff2Problem,
  ttf: ttfProblem,
};

/** PDF readers accept what stands before the header, up to here. */
const PDF_HEADER_WITHIN = 1024;

/** Why the file is not a whole asset of its type and nothing else; null if it is. */
export function assetProblem(type: AssetType, bytes: Buffer): string | null {
  const problem = checks[type](bytes);
  if (problem !== null) return `The ${type} ${problem}`;
  const archive = hiddenArchive(bytes);
  if (archive !== null) return `The ${type} is also ${archive}`;
  return bytes.subarray(0, PDF_HEADER_WITHIN).includes("%PDF-") ? `The ${type} is also a PDF document` : null;
}
