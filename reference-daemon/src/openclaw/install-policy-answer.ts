import type { Action, Finding, ScanResult, Severity, Verdict } from "@flynn/sdk/skill-scanner";

/** What OpenClaw shows of a finding. */
interface InstallPolicyFinding {
  readonly ruleId: string;
  readonly severity: "info" | "warn" | "critical";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly evidence?: string;
}

export interface InstallPolicyAnswer {
  readonly protocolVersion: 1;
  readonly decision: "allow" | "warn" | "block";
  /** There for `warn` and `block`. */
  readonly reason?: string;
  readonly findings?: readonly InstallPolicyFinding[];
}

const DECISION: Readonly<Record<Verdict, InstallPolicyAnswer["decision"]>> = { allow: "allow", warn: "warn", reject: "block" };
const SEVERITY: Readonly<Record<Severity, InstallPolicyFinding["severity"]>> = {
  critical: "critical",
  high: "critical",
  medium: "warn",
  low: "info",
  info: "info",
};
const ACTIONS: readonly Action[] = ["reject", "warn", "note"];
const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/**
 * OpenClaw shows a review of at most 4,000 characters, and where a warning makes a longer one, refuses to ask. The findings get what
 * its own words, the name of the skill and the reason leave of that.
 */
const MOST_SHOWN = 2_400;
/** What stands around the parts of one finding on its line. */
const LINE_OVERHEAD = 40;
const MOST_FINDINGS = 99;
const LONGEST_TEXT = 1_000;

/** What the result of a scan is in the words of OpenClaw's protocol. */
export function answerOf(result: ScanResult): InstallPolicyAnswer {
  const decision = DECISION[result.verdict];
  const findings = fitting(weightiestFirst(result.findings));
  return {
    protocolVersion: 1,
    decision,
    ...(decision === "allow" ? {} : { reason: reasonOf(result) }),
    ...(findings.length === 0 ? {} : { findings }),
  };
}

export function blockedFor(reason: string): InstallPolicyAnswer {
  return { protocolVersion: 1, decision: "block", reason: cut(reason) };
}

/**
 * OpenClaw binds the consent of a person to reason and findings. With the digest in the reason it is bound to every byte of the skill
 * as well.
 */
function reasonOf({ verdict, findings, treeDigest }: ScanResult): string {
  const action = verdict === "reject" ? "reject" : "warn";
  const weighing = findings.filter((found) => found.action === action);
  const rules = [...new Set(weighing.map(({ ruleId }) => ruleId))];
  const named = rules.slice(0, 5).join(", ") || "the scan is not complete";
  const more = rules.length > 5 ? ` and ${rules.length - 5} more` : "";
  const what = verdict === "reject" ? "Flynn's skill scanner rejects it" : "Flynn's skill scanner warns of it";
  return cut(`${what}: ${named}${more}. ${treeDigest === null ? "Not everything could be read." : `Tree sha256:${treeDigest}.`}`);
}

/** What many findings of one rule would push out of sight comes before the second of them. */
function weightiestFirst(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const ranked = findings.map((found) => {
    const isRepeated = seen.has(found.ruleId);
    seen.add(found.ruleId);
    return { found, rank: [ACTIONS.indexOf(found.action), Number(isRepeated), SEVERITIES.indexOf(found.severity)] };
  });
  return ranked.toSorted((a, b) => compareRanks(a.rank, b.rank)).map(({ found }) => found);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  return a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** The weightiest findings that there is room for, and how many there is none for. */
function fitting(findings: readonly Finding[]): InstallPolicyFinding[] {
  const shown: InstallPolicyFinding[] = [];
  let length = 0;
  for (const found of findings) {
    const next = policyFinding(found);
    length += lengthOf(next);
    if (length > MOST_SHOWN || shown.length === MOST_FINDINGS) break;
    shown.push(next);
  }
  const left = findings.length - shown.length;
  if (left === 0) return shown;
  const message = `There are ${left} more findings. Run flynn skills scan on the skill to see them.`;
  return [...shown, { ruleId: "flynn.more", severity: "info", message }];
}

function policyFinding({ ruleId, severity, message, path, line, evidence }: Finding): InstallPolicyFinding {
  return {
    ruleId,
    severity: SEVERITY[severity],
    message: cut(message),
    ...(path === "" ? {} : { file: cut(path) }),
    ...(line === null ? {} : { line }),
    ...(evidence.text.trim() === "" ? {} : { evidence: evidence.text }),
  };
}

function lengthOf({ ruleId, message, file = "", evidence = "" }: InstallPolicyFinding): number {
  return LINE_OVERHEAD + ruleId.length + message.length + file.length + evidence.length;
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1).toWellFormed()}…` : text;
}
