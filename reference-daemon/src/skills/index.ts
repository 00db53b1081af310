export { ruleCatalogue } from "./rules/catalogue.ts";
export { ReferenceSkillScanner } from "./skill-scanner.ts";
export type { ReferenceSkillScannerOptions } from "./skill-scanner.ts";
export type { DirectoryListing, EntryKind, FileStat, ListedName, SkillFileSystem } from "./tree/file-system.ts";
