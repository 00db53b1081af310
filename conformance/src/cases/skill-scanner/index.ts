import type { CaseDefinition } from "../../judge/case.ts";

export const skillScannerCases: readonly CaseDefinition[] = [];
