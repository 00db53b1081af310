import * as z from "zod";

const count = z.int().min(1);

/** Bytes, except where the name says otherwise. A host may tighten or widen each of them for one scan. */
export const limitsSchema = z
  .strictObject({
    /** Regular files in the whole tree. */
    files: count,
    /** Directories in the whole tree, without the root. */
    directories: count,
    /** Levels below the root; a file in the root is at depth 1. */
    depth: count,
    /** The relative path, in the bytes of the file system. */
    pathBytes: count,
    /** One name in a path. */
    nameBytes: count,
    /** One regular file. */
    fileBytes: count,
    /** All regular files together. */
    totalBytes: count,
    /** `SKILL.md` of the skill itself; one in a folder below is a file like any other. */
    skillFileBytes: count,
    /** `manifest.json`, likewise. */
    manifestBytes: count,
    /** The front matter of `SKILL.md`: all bytes between the line of its first fence and the line of its second one, line ends included. */
    frontmatterBytes: count,
  })
  .meta({ id: "Limits" });
export type Limits = z.infer<typeof limitsSchema>;

/** What a scanner uses where a request says nothing. */
export const DEFAULT_LIMITS: Limits = {
  files: 500,
  directories: 100,
  depth: 12,
  pathBytes: 240,
  nameBytes: 128,
  fileBytes: 1_048_576,
  totalBytes: 8_388_608,
  skillFileBytes: 256_000,
  manifestBytes: 65_536,
  frontmatterBytes: 32_768,
};

export const assetTypeSchema = z.enum(["png", "jpeg", "gif", "webp", "woff2", "ttf"]).meta({ id: "AssetType" });
export type AssetType = z.infer<typeof assetTypeSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/**
 * A finding that the host's operator has looked at and decided to live with. It stands for the findings of one rule in one file
 * of one skill with exactly these bytes: one changed byte, and they are back.
 *
 * A finding is suppressed if, and only if, its rule, the skill and its path are the ones named here, the inventory has a regular
 * file with this digest at the path, and the entry has not expired. It then stands in `suppressed` and no longer in `findings`,
 * and the verdict is that of the findings that are left. A finding of the categories `link`, `special-file`, `path`, `size`,
 * `encoding`, `binary`, `manifest`, `frontmatter`, `secret`, `coverage` and `internal` is never suppressed, and neither is one of
 * a rule that says so (`suppressible: false`). `complete`, `inventory` and `treeDigest` are what they would be without.
 */
export const hostSuppressionSchema = z
  .strictObject({
    /** The id of the rule. */
    rule: z.string().min(1),
    /** The `skillName` of the request that it is for; a request without one has none of them. */
    skill: z.string().min(1),
    /** As in the inventory. */
    path: z.string().min(1),
    /** The sha256 of the file's bytes. */
    digest: sha256,
    /** Why it is no danger here, for whoever reads the result: on one line, without control, invisible and direction-changing characters. */
    reason: z
      .string()
      .min(1)
      .max(500)
      .regex(/^[^\p{C}\u2028\u2029]*$/u, "holds a control, invisible or direction-changing character"),
    /** From this instant on, by the wall clock of the instance, it no longer applies. ISO 8601 in UTC, such as `2031-01-31T00:00:00Z`. */
    expires: z.iso.datetime(),
  })
  .meta({ id: "HostSuppression" });
export type HostSuppression = z.infer<typeof hostSuppressionSchema>;

/** What the host's operator allows. Nothing inside a skill can change it. */
export const hostPolicySchema = z
  .strictObject({
    /** Binary assets that may be there when they are whole and of exactly this type. None unless named. */
    assets: z.array(assetTypeSchema).optional(),
    /** Findings that the operator decided to live with, each for a while. */
    suppressions: z.array(hostSuppressionSchema).optional(),
  })
  .meta({ id: "HostPolicy" });
export type HostPolicy = z.infer<typeof hostPolicySchema>;

export const scanRequestSchema = z
  .strictObject({
    /** The skill's folder, absolute. */
    root: z.string().min(1),
    /** Whether the skill is about to be loaded from where it lies or to be copied into the daemon's own folder. */
    phase: z.enum(["load", "install"]),
    /** The name the skill was asked for by, where that is known. */
    skillName: z.string().optional(),
    intent: z
      .strictObject({
        /** Whether the host sends users' intents to this skill; then it must say which permissions it needs. */
        routed: z.boolean(),
        /** The permissions that the host knows: its vocabulary. */
        permissions: z.array(z.string()),
      })
      .optional(),
    policy: hostPolicySchema.optional(),
    limits: limitsSchema.partial().optional(),
  })
  .meta({ id: "ScanRequest" });
export type ScanRequest = z.infer<typeof scanRequestSchema>;

export const categorySchema = z
  .enum([
    "link",
    "special-file",
    "path",
    "size",
    "binary",
    "encoding",
    "manifest",
    "frontmatter",
    "secret",
    "injection",
    "hidden-text",
    "code",
    "autorun",
    "coverage",
    "internal",
  ])
  .meta({ id: "Category" });
export type Category = z.infer<typeof categorySchema>;

export const severitySchema = z.enum(["critical", "high", "medium", "low", "info"]).meta({ id: "Severity" });
export type Severity = z.infer<typeof severitySchema>;

export const actionSchema = z.enum(["reject", "warn", "note"]).meta({ id: "Action" });
export type Action = z.infer<typeof actionSchema>;

export const verdictSchema = z.enum(["allow", "warn", "reject"]).meta({ id: "Verdict" });
export type Verdict = z.infer<typeof verdictSchema>;

export const inventoryEntrySchema = z
  .strictObject({
    /** Relative to the root, `/` between names, escaped as `escapePath` says. */
    path: z.string().min(1),
    kind: z.enum(["file", "directory", "link", "special"]),
    /** Of a regular file; 0 for everything else. */
    bytes: z.int().min(0),
    /** Of a regular file's bytes; null for everything else, and for a file that was not read to its end. */
    sha256: sha256.nullable(),
    /** `read`: looked at as text, or a directory that was listed, or an asset that the policy allows. `opaque`: read, not text. `refused`: not read. */
    disposition: z.enum(["read", "opaque", "refused"]),
  })
  .meta({ id: "InventoryEntry" });
export type InventoryEntry = z.infer<typeof inventoryEntrySchema>;

export const findingSchema = z
  .strictObject({
    /** The scanner's own id, listed by `rules()`. */
    ruleId: z.string().min(1),
    category: categorySchema,
    severity: severitySchema,
    action: actionSchema,
    /** As in the inventory; empty for the skill as a whole. */
    path: z.string(),
    /** From 1, in the text as an editor shows it: LF, CRLF and a lone CR each end a line. */
    line: z.int().min(1).nullable(),
    /** From 1, in UTF-16 code units. */
    column: z.int().min(1).nullable(),
    /** What it is and what to do about it. */
    message: z.string().min(1),
    evidence: z.strictObject({
      /** At most 160 code units on one line, with every control and invisible character escaped. */
      text: z.string().max(160),
      /** Whether something secret was taken out of it. */
      redacted: z.boolean(),
    }),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof findingSchema>;

/** A finding that the host decided to live with; it is still there to be seen. One entry for each finding. */
export const suppressionSchema = z
  .strictObject({
    ruleId: z.string().min(1),
    path: z.string(),
    /** That of the `HostSuppression`. */
    reason: z.string().min(1),
  })
  .meta({ id: "Suppression" });
export type Suppression = z.infer<typeof suppressionSchema>;

export const scannerInfoSchema = z
  .strictObject({
    name: z.string().min(1),
    version: z.string().min(1),
    /** Changes whenever a rule does, so that a cached verdict can be told to be stale. */
    rulesVersion: z.string().min(1),
  })
  .meta({ id: "ScannerInfo" });
export type ScannerInfo = z.infer<typeof scannerInfoSchema>;

export const scanResultSchema = z
  .strictObject({
    schema: z.literal("skill-scan/1"),
    verdict: verdictSchema,
    /** Whether every entry was listed and every regular file was read to its end, with no limit on a size or a count breached. */
    complete: z.boolean(),
    /** The digest that `treeDigest` gives for the inventory; null unless `complete`. */
    treeDigest: sha256.nullable(),
    scanner: scannerInfoSchema,
    /** Sorted by path, by bytes. */
    inventory: z.array(inventoryEntrySchema),
    findings: z.array(findingSchema),
    /** Findings that the request's policy suppresses; they have no say in the verdict. */
    suppressed: z.array(suppressionSchema),
  })
  .meta({ id: "ScanResult" });
export type ScanResult = z.infer<typeof scanResultSchema>;

export const ruleInfoSchema = z
  .strictObject({
    id: z.string().min(1),
    category: categorySchema,
    severity: severitySchema,
    action: actionSchema,
    /** What it looks for, one sentence. */
    summary: z.string().min(1),
    /** What a skill's author does about it. */
    fix: z.string().min(1),
    /** What goes wrong for users who have such a skill. */
    why: z.string().min(1).optional(),
    /** The code under which the registry ClawHub speaks of it, such as `suspicious.prompt_injection_instructions`. */
    reasonCode: z.string().min(1).optional(),
    /** Whether the host's policy may suppress its findings. False for every rule of the categories that are never suppressed. */
    suppressible: z.boolean().optional(),
    /** The version of the scanner that brought it. */
    since: z.string().min(1),
  })
  .meta({ id: "RuleInfo" });
export type RuleInfo = z.infer<typeof ruleInfoSchema>;
