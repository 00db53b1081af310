import { Secret } from "@flynn/sdk/kernel";
import { skillScannerContract } from "@flynn/sdk/skill-scanner";

import type { SubjectWrapper } from "../src/mutation/mutant.ts";
import { answeringAll, withInstances } from "./wrap-instance.ts";

/**
 * Subjects that do nothing, in the ways that nothing can be done. Each of them must pass no MUST of any contract. The last
 * ones give answers that match every schema and are always the same.
 */
const ZERO_DIGEST = "0".repeat(64);

function isScanner(contract: string): boolean {
  return contract === `${skillScannerContract.name}@${skillScannerContract.version}`;
}

function constantScan(verdict: "allow" | "reject"): object {
  const isAllowed = verdict === "allow";
  const rule = { id: "NO", category: "internal", severity: "high", action: "reject" } as const;
  return {
    schema: "skill-scan/1",
    verdict,
    complete: isAllowed,
    treeDigest: isAllowed ? ZERO_DIGEST : null,
    scanner: { name: "constant", version: "1.0.0", rulesVersion: "1" },
    inventory: [{ path: "SKILL.md", kind: "file", bytes: 1, sha256: ZERO_DIGEST, disposition: "read" }],
    findings: isAllowed
      ? []
      : [
          {
            ruleId: rule.id,
            category: rule.category,
            severity: rule.severity,
            action: rule.action,
            path: "",
            line: null,
            column: null,
            message: "No",
            evidence: { text: "", redacted: false },
          },
        ],
    suppressed: [],
  };
}

function constantLease(isHeld: boolean): (name: string) => unknown {
  const token = { $secret: "constant", fingerprint: "constant" };
  const answers: Readonly<Record<string, unknown>> = {
    acquire: { leaseId: "lease-1", resource: "r", ticket: "t", token },
    status: { held: isHeld, ticket: isHeld ? "t" : null, remainingMs: isHeld ? 1_000 : 0 },
    release: { released: isHeld },
    renew: { renewed: isHeld },
    held: { leaseIds: isHeld ? ["lease-1"] : [] },
  };
  return (name) => (name === "journal" ? emptyJournal() : Promise.resolve(answers[name] ?? null));
}

function constantGate(isElevated: boolean): (name: string) => unknown {
  const reply = { grants: [], limits: null, attemptsLeft: null, retryAfterMs: null };
  const codes = isElevated
    ? { request: "OK_PENDING", confirm: "OK_ACTIVE", deny: "OK_DENIED", revoke: "OK_REVOKED" }
    : { request: "E_NOT_ALLOWED", confirm: "E_NO_PENDING", deny: "E_NO_PENDING", revoke: "E_NO_GRANT" };
  const verdict = isElevated ? { decision: "host", why: "ELEVATED" } : { decision: "sandbox", why: "NOT_ELEVATED" };
  const acquired = isElevated ? { code: "GRANTED", leaseId: "lease-1" } : { code: "DENIED_NOT_ELEVATED", leaseId: null };
  const answers: Readonly<Record<string, unknown>> = {
    request: { ...reply, code: codes.request, challenge: isElevated ? new Secret("00000000") : null },
    confirm: { ...reply, code: codes.confirm },
    deny: { ...reply, code: codes.deny },
    revoke: { ...reply, code: codes.revoke },
    status: { ...reply, code: "OK_STATUS" },
    check: { ...verdict, tool: "exec", grantId: null, remainingMs: 0, callDigest: "0" },
    acquire: { ...acquired, tool: "exec", grantId: null, remainingMs: 0 },
    release: { released: isElevated },
    reload: { deferred: [], revoked: 0 },
    endSession: { revoked: 0 },
  };
  return (name) => Promise.resolve(answers[name] ?? null);
}

/** The same answers whatever is asked, by the contract. */
function constantly(isYes: boolean): (contract: string) => (name: string) => unknown {
  return (contract) => {
    if (contract.startsWith("elevation-gate@")) return constantGate(isYes);
    if (!isScanner(contract)) return constantLease(isYes);
    return (name) => Promise.resolve(name === "rules" ? [] : constantScan(isYes ? "allow" : "reject"));
  };
}

async function* emptyJournal(): AsyncGenerator<unknown> {
  yield { type: "finish", reason: "complete" };
}

const nothing = { kills: [], message: "" } as const;

const nulls: readonly SubjectWrapper[] = [
  { id: "returns-undefined", ...nothing, wrap: (subject) => withInstances(subject, () => answeringAll(() => Promise.resolve(undefined))) },
  {
    id: "throws",
    ...nothing,
    wrap: (subject) => withInstances(subject, () => answeringAll((name) => Promise.reject(new Error(`${name} is not written yet`)))),
  },
  { id: "never-settles", ...nothing, wrap: (subject) => withInstances(subject, () => answeringAll(() => new Promise(() => undefined))) },
  {
    id: "echoes",
    ...nothing,
    wrap: (subject) => withInstances(subject, () => answeringAll((_name, args) => Promise.resolve(args[0] ?? null))),
  },
  {
    id: "always-says-yes",
    ...nothing,
    wrap: (subject) => withInstances(subject, (_instance, _environment, contract) => answeringAll(constantly(true)(contract))),
  },
  {
    id: "always-says-no",
    ...nothing,
    wrap: (subject) => withInstances(subject, (_instance, _environment, contract) => answeringAll(constantly(false)(contract))),
  },
];

export default nulls;
