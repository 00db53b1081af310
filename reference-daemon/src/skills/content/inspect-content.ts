import { isUtf8 } from "node:buffer";

import type { AssetType, Finding, RuleInfo } from "@flynn/sdk/skill-scanner";

import { assetProblem } from "../assets/asset-problem.ts";
import { contentRules } from "../rules/content-rules.ts";
import { finding } from "../rules/finding.ts";
import { findSignature } from "./find-signature.ts";
import { hiddenArchive } from "./hidden-archive.ts";
import { isPickle } from "./pickle.ts";
import { isTextLike, textEncoding } from "./text-encoding.ts";

/** What a file is, by its bytes alone. */
export interface Content {
  readonly disposition: "read" | "opaque";
  /** Null if it is not text; then there is a finding, unless it is an asset that the policy allows. */
  readonly encoding: "utf-8" | "utf-16" | "utf-32" | null;
  readonly finding: Finding | null;
}

export function inspectContent(path: string, bytes: Buffer, assets: ReadonlySet<AssetType>): Content {
  const opaque = (rule: RuleInfo, what: string): Content => ({
    disposition: "opaque",
    encoding: null,
    finding: finding(rule, { path, what }),
  });
  const signature = findSignature(bytes);
  if (signature?.asset !== undefined && assets.has(signature.asset)) {
    const problem = assetProblem(signature.asset, bytes);
    return problem === null ? { disposition: "read", encoding: null, finding: null } : opaque(contentRules.damagedAsset, problem);
  }
  if (signature) return opaque(contentRules[signature.kind], `It is ${signature.label}, whatever it is called`);
  if (isPickle(bytes)) return opaque(contentRules.data, "It is pickled Python objects, whatever it is called");
  const encoding = textEncoding(bytes);
  if (encoding === "utf-8") return { disposition: "read", encoding, finding: null };
  if (encoding !== null) {
    const what = `The text is ${encoding.toUpperCase()} with a byte order mark`;
    return { disposition: "read", encoding, finding: finding(contentRules.wideText, { path, what }) };
  }
  const archive = hiddenArchive(bytes);
  if (archive !== null) return opaque(contentRules.archive, `It is ${archive}, whatever it is called`);
  const nulOffset = bytes.indexOf(0);
  if (nulOffset >= 0 && isUtf8(bytes)) return opaque(contentRules.nul, `There is a NUL byte at offset ${nulOffset}`);
  if (nulOffset >= 0 || !isTextLike(bytes)) return opaque(contentRules.blob, "It is not text, and no known type of file");
  return opaque(contentRules.invalidUtf8, "It is not UTF-8 text");
}
