import type { CaseDefinition } from "../../judge/case.ts";
import { abortCases } from "./abort.ts";
import { baitCases } from "./bait.ts";
import { brokenRequestCases } from "./broken-requests.ts";
import { blockingFileCases } from "./blocking-files.ts";
import { cleanSkillCases } from "./clean-skill.ts";
import { determinismCases } from "./determinism.ts";
import { encodedPayloadCases } from "./encoded-payloads.ts";
import { encodingCases } from "./encodings.ts";
import { escapeCases } from "./escapes.ts";
import { familyCases } from "./fixture-case.ts";
import { frontMatterBombCases } from "./front-matter-bombs.ts";
import { harmlessCases } from "./harmless.ts";
import { inventoryCases } from "./inventory.ts";
import { pathLimitCases, sizeLimitCases } from "./limits.ts";
import { linkTargetCases } from "./link-targets.ts";
import { locationCases } from "./location.ts";
import { nextRequestCases } from "./next-request.ts";
import { oddPlaceCases } from "./odd-places.ts";
import { paddingCases } from "./padding.ts";
import { payloadAloneCases } from "./payloads-alone.ts";
import { positionCases } from "./positions.ts";
import { positionInFormCases } from "./positions-in-forms.ts";
import { placeCases } from "./places.ts";
import { quietCases } from "./quiet.ts";
import { requestLimitCases } from "./request-limits.ts";
import { requestShapeCases } from "./request-shapes.ts";
import { requiredManifestCases } from "./required-manifest.ts";
import { ruleCatalogueCases } from "./rule-catalogue.ts";
import { secretValueCases } from "./secret-values.ts";
import { sparseFileCases } from "./sparse-files.ts";
import { suppressionBindingCases } from "./suppression-binding.ts";
import { suppressionBoundCases } from "./suppression-bounds.ts";
import { suppressionPlaceCases } from "./suppression-places.ts";
import { suppressionCases } from "./suppressions.ts";
import { textFamilyCases } from "./text-families.ts";
import { treeDigestCases } from "./tree-digest.ts";
import { tripwireCases } from "./tripwires.ts";
import { unreadableCases } from "./unreadable.ts";
import { unsuppressibleCases } from "./unsuppressible.ts";
import { untouchedTreeCases } from "./untouched-tree.ts";
import { verdictCases } from "./verdict-follows.ts";
import { whereaboutsCases } from "./whereabouts.ts";
import { withoutSuppressionCases } from "./without-suppressions.ts";

export const skillScannerCases: readonly CaseDefinition[] = [
  ...cleanSkillCases,
  ...treeDigestCases,
  ...inventoryCases,
  ...familyCases("SCAN-004", "links"),
  ...linkTargetCases,
  ...familyCases("SCAN-006", "hard-links"),
  ...blockingFileCases,
  ...familyCases("SCAN-008", "special-files"),
  ...familyCases("SCAN-009", "root"),
  ...unreadableCases,
  ...familyCases("SCAN-011", "names"),
  ...familyCases("SCAN-012", "collisions"),
  ...escapeCases,
  ...pathLimitCases,
  ...sizeLimitCases,
  ...requestLimitCases,
  ...nextRequestCases,
  ...sparseFileCases,
  ...familyCases("SCAN-017", "binaries"),
  ...familyCases("SCAN-017", "archives"),
  ...encodingCases,
  ...familyCases("SCAN-019", "assets"),
  ...requiredManifestCases,
  ...familyCases("SCAN-021", "permissions"),
  ...familyCases("SCAN-022", "strict-json"),
  ...familyCases("SCAN-023", "front-matter"),
  ...frontMatterBombCases,
  ...verdictCases,
  ...ruleCatalogueCases,
  ...determinismCases,
  ...whereaboutsCases,
  ...tripwireCases,
  ...untouchedTreeCases,
  ...abortCases,
  ...familyCases("SCAN-031", "self-configuration"),
  ...harmlessCases,
  ...textFamilyCases,
  ...placeCases,
  ...oddPlaceCases,
  ...encodedPayloadCases,
  ...payloadAloneCases,
  ...secretValueCases,
  ...locationCases,
  ...requestShapeCases,
  ...baitCases,
  ...paddingCases,
  ...quietCases,
  ...suppressionCases,
  ...suppressionPlaceCases,
  ...suppressionBindingCases,
  ...suppressionBoundCases,
  ...unsuppressibleCases,
  ...withoutSuppressionCases,
  ...positionCases,
  ...positionInFormCases,
  ...brokenRequestCases,
];
