import { isAbsolute } from "node:path";

import { DEFAULT_LIMITS, scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { ScanRequest } from "@flynn/sdk/skill-scanner";

type Value = string | number | boolean | null | readonly Value[] | Members;
interface Members {
  readonly [member: string]: Value;
}

/** A request broken in one member, and what was done to that member in words. */
export interface BrokenRequest {
  readonly how: string;
  readonly request: unknown;
}

const DIGEST = "ab".repeat(32);

/** Every member that a request may have; the suppression is of a rule that nobody has. */
export const fullRequest = (root: string): ScanRequest => ({
  root,
  phase: "install",
  skillName: "reading-list",
  intent: { routed: false, permissions: ["notes.read"] },
  policy: {
    assets: ["png"],
    suppressions: [
      {
        rule: "no-such-rule",
        skill: "reading-list",
        path: "notes.md",
        digest: DIGEST,
        reason: "Looked at, and harmless.",
        expires: "2999-12-31T00:00:00Z",
      },
    ],
  },
  limits: DEFAULT_LIMITS,
});

const OF_EVERY_TYPE: readonly Value[] = [null, 5, "true", true, [], [null], {}];
const NOT_IN_LIMITS: readonly Value[] = [0, -1, 1.5, 2 ** 53, "500"];
/** Members that every object of JavaScript seems to have are unknown ones too. */
const UNKNOWN = ["trusted", "constructor", "toString"] as const;
const SUPPRESSION = "policy.suppressions[0]";

/** What is of the right type and not what the member may be. */
const NEAR_MISSES: Readonly<Record<string, readonly Value[]>> = {
  phase: ["run", "Load", ""],
  "intent.routed": [1, "false"],
  "intent.permissions": [[5], ["notes.read", null], "notes.read"],
  "policy.assets": [["exe"], ["PNG"], ["jpg"], ["image/png"], ["png", ""], "png"],
  ...Object.fromEntries(Object.keys(fullRequest("/").limits ?? {}).map((limit) => [`limits.${limit}`, NOT_IN_LIMITS])),
  ...Object.fromEntries(["rule", "skill", "path"].map((member) => [`${SUPPRESSION}.${member}`, [""]])),
  [`${SUPPRESSION}.digest`]: [
    DIGEST.toUpperCase(),
    `sha256:${DIGEST}`,
    DIGEST.slice(1),
    `${DIGEST}0`,
    `${DIGEST}\n`,
    DIGEST.replace("a", "g"),
  ],
  [`${SUPPRESSION}.reason`]: [
    "",
    "x".repeat(501),
    "\u{1f4da}".repeat(501),
    ..."\n\t\u001b\u007f\u0085\u00ad\u200b\u202e\u2028".split("").map((character) => `Looked${character}at`),
  ],
  [`${SUPPRESSION}.expires`]: [
    "",
    "2999-12-31",
    "2999-12-31T00:00Z",
    "2999-12-31T00:00:00",
    "2999-12-31T00:00:00+00:00",
    "2999-12-31T02:00:00+02:00",
    "2999-12-31 00:00:00Z",
    "2999-02-30T00:00:00Z",
    "2999-02-29T00:00:00Z",
    "2999-13-01T00:00:00Z",
    "2999-12-31T24:00:00Z",
    "Tue, 31 Dec 2999 00:00:00 GMT",
  ],
};

/** Paths that lead to the skill for whoever cleans them up, and are not absolute as they stand. */
const ROOTS: readonly ((root: string) => string)[] = [
  () => "",
  (root) => root.slice(1),
  (root) => `.${root}`,
  (root) => `..${root}`,
  () => "~",
  (root) => `~${root}`,
  (root) => `file:${root}`,
  (root) => `file://${root}`,
  (root) => `C:${root}`,
  (root) => `C:${root.replaceAll("/", "\\")}`,
  (root) => root.replaceAll("/", "\\"),
  (root) => ` ${root}`,
  (root) => `\t${root}`,
  (root) => `"${root}"`,
];

/** By the member that is broken: left out, of another type, not quite what it may be, or with members that there are not. */
export function brokenRequests(root: string): ReadonlyMap<string, readonly BrokenRequest[]> {
  const request = fullRequest(root) as unknown as Value;
  const broken = new Map<string, readonly BrokenRequest[]>();
  for (const path of pathsIn(request)) {
    const name = nameOf(path);
    const variants = [
      ...(path.length === 0 ? [] : [{ how: "left out", request: changed(request, path, () => undefined) }]),
      ...[...OF_EVERY_TYPE, ...(NEAR_MISSES[name] ?? []), ...(name === "root" ? ROOTS.map((make) => make(root)) : [])].map((value) => ({
        how: `as ${spelledOut(value)}`,
        request: changed(request, path, () => value),
      })),
      ...UNKNOWN.map((member) => ({
        how: `with a member ${member}`,
        request: changed(request, path, (value) => withMember(value, member)),
      })),
    ];
    const refused = variants.filter((variant) => !isValid(variant.request));
    if (refused.length > 0) broken.set(name, refused);
  }
  return broken;
}

/** By the schema, and by what the contract says of the root beside it. */
export function isValid(request: unknown): boolean {
  const parsed = scanRequestSchema.safeParse(request);
  return parsed.success && isAbsolute(parsed.data.root);
}

/** Unusual, and nothing that the schema forbids. */
export function validRequests(root: string): Readonly<Record<string, unknown>> {
  const { policy, limits, ...full } = fullRequest(root);
  const least = { root, phase: "load" };
  const entry = policy?.suppressions?.[0];
  const suppressing = (change: object): unknown => ({ ...full, policy: { suppressions: [{ ...entry, ...change }] } });
  const all = (limit: number): unknown => ({
    ...least,
    limits: Object.fromEntries(Object.keys(limits ?? {}).map((name) => [name, limit])),
  });
  return {
    "every member": fullRequest(root),
    "as few members as there may be": least,
    "empty objects": { ...least, policy: {}, limits: {} },
    "empty lists": { ...least, intent: { routed: false, permissions: [] }, policy: { assets: [], suppressions: [] } },
    "an asset named twice": { ...least, policy: { assets: ["png", "png"] } },
    "a permission named twice, and an empty one": { ...least, intent: { routed: false, permissions: ["a", "a", ""] } },
    "an empty skill name": { ...least, skillName: "" },
    "a skill name with a slash and a line feed": { ...least, skillName: "../a\nb" },
    "limits of one": all(1),
    "limits of 2^53 - 1": all(Number.MAX_SAFE_INTEGER),
    "a reason of one character": suppressing({ reason: "x" }),
    "a reason of 500 characters": suppressing({ reason: "x".repeat(500) }),
    "a reason of 250 pictures": suppressing({ reason: "\u{1f4da}".repeat(250) }),
    "an end with a part of a second": suppressing({ expires: "2999-12-31T23:59:59.999999Z" }),
    "an end on a leap day": suppressing({ expires: "2996-02-29T00:00:00Z" }),
    "an end long ago": suppressing({ expires: "1970-01-01T00:00:00Z" }),
    "the same suppression twice": { ...full, policy: { suppressions: [entry, entry] } },
    "a suppression for another skill": suppressing({ skill: "../other skill", path: "no/such file" }),
  };
}

type Path = readonly (string | number)[];

/** What holds others comes after them. */
function pathsIn(value: Value, above: Path = []): readonly Path[] {
  const members: readonly (readonly [string | number, Value])[] = Array.isArray(value)
    ? value.map((member, index) => [index, member] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  return [...members.flatMap(([name, member]) => pathsIn(member, [...above, name])), above];
}

function nameOf(path: Path): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return name.replace(/^\./u, "") || "the request itself";
}

function changed(value: Value, [step, ...rest]: Path, change: (value: Value) => Value | undefined): Value | undefined {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((member: Value, index) => {
      const made = index === step ? changed(member, rest, change) : member;
      return made === undefined ? [] : [made];
    });
  }
  const entries = Object.entries(value as Readonly<Record<string, Value>>).flatMap(([name, member]) => {
    const made = name === step ? changed(member, rest, change) : member;
    return made === undefined ? [] : [[name, made] as const];
  });
  return Object.fromEntries(entries);
}

/** What does not show, or turns the line around, is not printed as it is. */
function spelledOut(value: Value): string {
  return JSON.stringify(value).replaceAll(/[^ -~]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function withMember(value: Value, member: string): Value {
  return isObject(value) ? { ...value, [member]: true } : value;
}

function isObject(value: Value): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
