import { basename, resolve } from "node:path";

import { CodedError } from "@flynn/sdk/kernel";
import type { ScanRequest, ScanResult, SkillScanner } from "@flynn/sdk/skill-scanner";

import { readJsonValue } from "../../json/json-value.ts";
import { MANIFEST_FILE, SKILL_FILE } from "../metadata-files.ts";
import { errorCode } from "../tree/file-trouble.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import { nodeFileSystem } from "../tree/node-file-system.ts";
import { rejectionOf } from "./rejection.ts";
import { scannedBytes } from "./scanned-bytes.ts";
import { skillDocument } from "./skill-document.ts";
import type { RefusalCode, RefusedSkill, SkillFileErrorCode, SkillOutcome } from "./skill-outcome.ts";

export interface LoadOptions {
  readonly scanner: SkillScanner;
  /** What the scanner is told besides the folder. Its name for the scanner is that of the folder. */
  readonly request?: Pick<ScanRequest, "intent" | "policy" | "limits">;
  readonly signal?: AbortSignal | undefined;
  /** Where the bytes come from once they are scanned. */
  readonly fileSystem?: SkillFileSystem;
}

/**
 * Scans a skill's folder and loads it if it may be loaded, from exactly the bytes that were scanned. Rejects only for a mistake
 * in the request and for an abort, with the scanner's error; everything else that goes wrong is a refusal.
 */
export async function loadSkill(folder: string, options: LoadOptions): Promise<SkillOutcome> {
  const root = resolve(folder);
  const { scanner, request = {}, signal } = options;
  let result: ScanResult;
  try {
    result = await scanner.scan({ ...request, root, phase: "load", skillName: basename(root) }, { signal });
  } catch (error) {
    if (signal?.aborted || (CodedError.is(error) && error.code === "INVALID_REQUEST")) throw error;
    return refusal(root, "NO_VERDICT", "The scanner failed, so that nothing is known of it. Look at the scanner's log and load it again.");
  }
  try {
    return loaded(root, result, options.fileSystem ?? nodeFileSystem);
  } catch (error) {
    // Throws what is not the file system's: a fault of ours must not look like one of the skill.
    errorCode(error);
    return refusal(root, "CHANGED", CHANGED, result);
  }
}

const CHANGED = "It changed between the scan and the load. Load it again when nothing writes to it.";

function loaded(root: string, result: ScanResult, fileSystem: SkillFileSystem): SkillOutcome {
  const { treeDigest, verdict, findings, inventory } = result;
  if (verdict === "reject" || treeDigest === null) return refusal(root, "REJECTED", rejectionOf(result), result);
  const files = new Map(inventory.map((entry) => [entry.path, entry]));
  const bytesOf = (path: string): Buffer | null | undefined => {
    const entry = files.get(path);
    return entry?.kind === "file" ? scannedBytes(fileSystem, root, entry) : undefined;
  };
  const [skillFile, manifestFile] = [bytesOf(SKILL_FILE), bytesOf(MANIFEST_FILE)];
  if (skillFile === null || manifestFile === null) return refusal(root, "CHANGED", CHANGED, result);
  const document = skillFile && skillDocument(skillFile);
  if (!document) return refusal(root, "MALFORMED", "It has no SKILL.md with a name and a description. Write one.", result);
  const manifest = manifestFile && manifestValue(manifestFile);
  if (manifest === null) return refusal(root, "MALFORMED", "Its manifest.json is not JSON. Write plain JSON.", result);
  return {
    kind: "loaded",
    folder: root,
    ...document,
    manifest: manifest?.value,
    digest: treeDigest,
    warnings: findings.filter(({ action }) => action === "warn"),
    readFile: async (path) => {
      const bytes = bytesOf(path);
      if (bytes) return bytes;
      throw fileError(bytes === null ? "CHANGED" : "NO_SUCH_FILE", path);
    },
  };
}

function manifestValue(bytes: Buffer): { readonly value: unknown } | null {
  try {
    return { value: readJsonValue(bytes.toString("utf8")) };
  } catch {
    return null;
  }
}

export function refusal(folder: string, code: RefusalCode, message: string, result: ScanResult | null = null): RefusedSkill {
  return { kind: "refused", folder, code, message, result };
}

function fileError(code: SkillFileErrorCode, path: string): CodedError<SkillFileErrorCode> {
  const what =
    code === "CHANGED" ? "is not what was scanned any more. Load the skill again" : "was no file of the skill when it was scanned";
  return new CodedError(code, `${path} ${what}`);
}
