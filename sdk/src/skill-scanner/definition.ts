import * as z from "zod";

import type { ContractDefinition } from "../wire/contract-definition.ts";
import { SKILL_SCANNER_ERROR_CODES } from "./errors.ts";
import { skillScannerRequirements } from "./requirements.ts";
import { ruleInfoSchema, scanRequestSchema, scanResultSchema } from "./schema.ts";

export const skillScannerContract: ContractDefinition = {
  name: "skill-scanner",
  version: 1,
  summary: "Decides whether a skill folder may be loaded or installed.",
  config: z.strictObject({}),
  /** `text-rules`: it judges what texts say, and not only structure. `suppressions`: it obeys those of the host's policy; needs `text-rules`. */
  flags: ["text-rules", "suppressions"],
  facts: z.strictObject({}),
  methods: {
    scan: { kind: "call", args: z.tuple([scanRequestSchema]), value: scanResultSchema },
    rules: { kind: "call", args: z.tuple([]), value: z.array(ruleInfoSchema) },
  },
  ports: {},
  errorCodes: SKILL_SCANNER_ERROR_CODES,
  requirements: skillScannerRequirements,
};
