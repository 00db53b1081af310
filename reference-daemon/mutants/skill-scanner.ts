import type { SourcePatch } from "@flynn/conformance/mutant";

import { assetMutants } from "./skill-scanner/assets.ts";
import { contentMutants } from "./skill-scanner/content.ts";
import { effectMutants } from "./skill-scanner/effects.ts";
import { frontMatterMutants } from "./skill-scanner/front-matter.ts";
import { limitMutants } from "./skill-scanner/limits.ts";
import { manifestMutants } from "./skill-scanner/manifest.ts";
import { nameMutants } from "./skill-scanner/names.ts";
import { requestMutants } from "./skill-scanner/requests.ts";
import { placeMutants } from "./skill-scanner/places.ts";
import { rarerFormMutants } from "./skill-scanner/rarer-forms.ts";
import { resultMutants } from "./skill-scanner/result.ts";
import { secretValueMutants } from "./skill-scanner/secret-values.ts";
import { suppressionMutants } from "./skill-scanner/suppressions.ts";
import { textRuleMutants } from "./skill-scanner/text-rules.ts";
import { treeMutants } from "./skill-scanner/tree.ts";

/** Defects of the reference scanner, one each. */
export default [
  ...resultMutants,
  ...treeMutants,
  ...nameMutants,
  ...limitMutants,
  ...contentMutants,
  ...assetMutants,
  ...manifestMutants,
  ...frontMatterMutants,
  ...effectMutants,
  ...textRuleMutants,
  ...secretValueMutants,
  ...placeMutants,
  ...rarerFormMutants,
  ...suppressionMutants,
  ...requestMutants,
] satisfies readonly SourcePatch[];
