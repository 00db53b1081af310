import { join, resolve } from "node:path";

import type { ScanRequest, ScanResult, SkillScanner } from "@flynn/sdk/skill-scanner";

import { rejectionOf } from "../loading/rejection.ts";
import { scannedBytes } from "../loading/scanned-bytes.ts";
import { skillDocument } from "../loading/skill-document.ts";
import { SKILL_FILE } from "../metadata-files.ts";
import { limitsOf } from "../scan-request.ts";
import { nodeFileSystem } from "../tree/node-file-system.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import { changed, copyScanned } from "./copy-scanned.ts";
import { folderNameProblem } from "./folder-name.ts";
import { nodeInstallFiles } from "./install-files.ts";
import type { InstallFiles } from "./install-files.ts";
import { InstallRefusal } from "./install-outcome.ts";
import type { InstallOutcome, InstalledSkill } from "./install-outcome.ts";
import { putInPlace, taken } from "./put-in-place.ts";
import { nameBeforeScan } from "./name-before-scan.ts";
import { StagingFolder } from "./staging-folder.ts";
import { skillIn } from "./unpacked-skill.ts";
import { unpackArchive } from "./unpack-archive.ts";

export interface InstallOptions {
  /** The folder that holds skills. It is made where it is not there. */
  readonly to: string;
  readonly scanner: SkillScanner;
  readonly request?: Pick<ScanRequest, "intent" | "policy" | "limits">;
  /** Whether a skill of the same name is replaced. */
  readonly force?: boolean;
  /** Asked for a skill with warnings. */
  readonly acceptWarnings: (result: ScanResult) => Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  readonly fileSystem?: SkillFileSystem;
  readonly files?: InstallFiles;
}

/**
 * Installs the skill in a folder or a zip file. Nothing is put where skills are before it was scanned, and what is put there has the
 * bytes that were scanned. Whatever else happens, a refusal, an abort or an error, leaves that folder as it was. Rejects with the
 * signal's reason or the scanner's error when it is aborted, and with the system's error where the destination cannot be written.
 */
export async function installSkill(source: string, options: InstallOptions): Promise<InstallOutcome> {
  const files = options.files ?? nodeInstallFiles;
  const stagings: StagingFolder[] = [];
  const stage = async (): Promise<StagingFolder> => {
    stagings[0] ??= await StagingFolder.in(resolve(options.to), files);
    return stagings[0];
  };
  try {
    const root = await folderToScan(resolve(source), stage, options, files);
    return await installFolder(root, stage, options, files);
  } catch (error) {
    if (error instanceof InstallRefusal) return { kind: "refused", code: error.code, message: error.message, result: error.result };
    throw error;
  } finally {
    await stagings[0]?.close();
  }
}

type Stage = () => Promise<StagingFolder>;

async function folderToScan(source: string, stage: Stage, { request, signal }: InstallOptions, files: InstallFiles): Promise<string> {
  const entry = await files.look(source);
  if (entry === null) throw new InstallRefusal("UNREADABLE", `There is nothing at ${source}. Name a folder or a zip file.`);
  // What is neither is for the scanner to refuse.
  if (entry.kind !== "file") return source;
  const { unpacked } = await stage();
  await unpackArchive(source, unpacked, { limits: limitsOf(request?.limits), files, signal });
  return await skillIn(unpacked);
}

async function installFolder(root: string, stage: Stage, options: InstallOptions, files: InstallFiles): Promise<InstalledSkill> {
  const { scanner, request = {}, signal, force = false } = options;
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const told = nameBeforeScan(fileSystem, root, limitsOf(request.limits).skillFileBytes);
  const skillName = told === null ? {} : { skillName: told };
  const result = await scanner.scan({ ...request, ...skillName, root, phase: "install" }, { signal });
  if (result.verdict === "reject" || result.treeDigest === null) throw new InstallRefusal("REJECTED", rejectionOf(result), result);
  const name = scannedName(fileSystem, root, result, told);
  const place = join(resolve(options.to), name);
  if (!force && (await files.look(place)) !== null) throw taken(place);
  if (result.verdict === "warn" && !(await options.acceptWarnings(result))) {
    throw new InstallRefusal("WARNINGS", "It has warnings. Look at them, and give --yes-to-warnings to install it all the same.", result);
  }
  signal?.throwIfAborted();
  const staging = await stage();
  await copyScanned(root, result, staging.skill, { fileSystem, files, signal });
  signal?.throwIfAborted();
  const isReplacement = await putInPlace(staging, place, files, force);
  return { kind: "installed", name, folder: place, digest: result.treeDigest, isReplacement, result };
}

/** The name in the bytes that were scanned. It must be the one that the scanner was told, which suppressions go by. */
function scannedName(fileSystem: SkillFileSystem, root: string, result: ScanResult, told: string | null): string {
  const entry = result.inventory.find(({ path }) => path === SKILL_FILE);
  const bytes = entry === undefined ? null : scannedBytes(fileSystem, root, entry);
  const name = bytes === null ? undefined : skillDocument(bytes)?.name;
  if (name === undefined || name !== told) throw changed(SKILL_FILE, result);
  const problem = folderNameProblem(name);
  if (problem !== undefined) throw new InstallRefusal("UNSAFE_NAME", `${problem}.`, result);
  return name;
}
