export type { Specimen } from "./contract.ts";
export { specimenContract } from "./definition.ts";
export { SPECIMEN_ERROR_CODES } from "./errors.ts";
export type { SpecimenErrorCode } from "./errors.ts";
export { specimenRequirements } from "./requirements.ts";
