import type { SourcePatch } from "@flynn/conformance/mutant";

import { assetMutants } from "./skill-scanner/assets.ts";
import { circumstanceMutants } from "./skill-scanner/circumstances.ts";
import { contentMutants } from "./skill-scanner/content.ts";
import { effectMutants } from "./skill-scanner/effects.ts";
import { evidenceMutants } from "./skill-scanner/evidence.ts";
import { frontMatterMutants } from "./skill-scanner/front-matter.ts";
import { limitMutants } from "./skill-scanner/limits.ts";
import { manifestFormMutants } from "./skill-scanner/manifest-forms.ts";
import { manifestMutants } from "./skill-scanner/manifest.ts";
import { nameMutants } from "./skill-scanner/names.ts";
import { requestMutants } from "./skill-scanner/requests.ts";
import { payloadAloneMutants } from "./skill-scanner/payloads-alone.ts";
import { placeMutants } from "./skill-scanner/places.ts";
import { positionMutants } from "./skill-scanner/positions.ts";
import { rarerFormMutants } from "./skill-scanner/rarer-forms.ts";
import { resultMutants } from "./skill-scanner/result.ts";
import { secretValueMutants } from "./skill-scanner/secret-values.ts";
import { suppressionPlaceMutants } from "./skill-scanner/suppression-places.ts";
import { suppressionMutants } from "./skill-scanner/suppressions.ts";
import { textRuleMutants } from "./skill-scanner/text-rules.ts";
import { treeMutants } from "./skill-scanner/tree.ts";
import { wideTextMutants } from "./skill-scanner/wide-texts.ts";

/** Defects of the reference scanner, one each. */
export default [
  ...resultMutants,
  ...treeMutants,
  ...nameMutants,
  ...evidenceMutants,
  ...limitMutants,
  ...contentMutants,
  ...wideTextMutants,
  ...assetMutants,
  ...manifestMutants,
  ...manifestFormMutants,
  ...frontMatterMutants,
  ...effectMutants,
  ...textRuleMutants,
  ...secretValueMutants,
  ...placeMutants,
  ...rarerFormMutants,
  ...suppressionMutants,
  ...suppressionPlaceMutants,
  ...requestMutants,
  ...positionMutants,
  ...payloadAloneMutants,
  ...circumstanceMutants,
] satisfies readonly SourcePatch[];
