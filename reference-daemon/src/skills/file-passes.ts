import type { Finding } from "@flynn/sdk/skill-scanner";

import { checkFrontmatter } from "./frontmatter/check-frontmatter.ts";
import { checkManifest } from "./manifest/check-manifest.ts";
import { MANIFEST_FILE, SKILL_FILE } from "./metadata-files.ts";
import type { ScanContext } from "./scan-context.ts";
import type { ScannedFile } from "./scanned-file.ts";

/** Looks at one file that was read, whatever it holds. */
export type FilePass = (file: ScannedFile, context: ScanContext) => Finding[];

const skillFilePass: FilePass = (file, { sizes }) => (file.path === SKILL_FILE ? checkFrontmatter(file, sizes) : []);

const manifestPass: FilePass = (file, { intent }) => (file.path === MANIFEST_FILE ? checkManifest(file, intent) : []);

/** All passes get the same bytes, once. */
export const filePasses: readonly FilePass[] = [skillFilePass, manifestPass];
