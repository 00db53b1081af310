import type { Subject } from "@flynn/sdk/subject";
import { expect, test } from "vitest";

import { caseOf, row } from "../../test/rows.ts";
import { TOY_BOUNDS, toySubject, toySuite } from "../../test/toy-suite.ts";
import { InProcessDriver } from "../drivers/in-process-driver.ts";
import type { CaseContext, Observation } from "./case-context.ts";
import type { CaseDefinition } from "./case.ts";
import { judgeContract } from "./judge-contract.ts";
import type { JudgeOptions } from "./judge-contract.ts";
import type { ContractResult } from "./results.ts";
import type { SuiteDefinition } from "./suite-definition.ts";

const seen: Observation = { did: "asked", expected: "yes", got: "no" };

function toyCase(id: string, run: (context: CaseContext) => Promise<void> | void, members: Partial<CaseDefinition> = {}): CaseDefinition {
  const [requirement = ""] = id.split("/", 1);
  return caseOf(requirement, { id, run: async (context) => run(context), ...members });
}

const says = toyCase("TOY-001/says", async (context) => {
  const word = context.random.word();
  const answer = await (await context.open()).ask<{ said: string }>("say", word);
  context.check("holds", answer.ok && answer.value.said === word, { did: `said ${word}`, expected: word, got: JSON.stringify(answer) });
});

function suiteOf(
  cases: readonly CaseDefinition[],
  members: Readonly<Record<string, Partial<ReturnType<typeof row>>>> = {},
): SuiteDefinition {
  const ids = [...new Set(cases.map(({ requirement }) => requirement))];
  return { ...toySuite, cases, contract: { ...toySuite.contract, requirements: ids.map((id) => row(id, members[id])) } };
}

function judge(suite: SuiteDefinition, subject: Subject = toySubject(), options: Partial<JudgeOptions> = {}): Promise<ContractResult> {
  // An object cannot have a process of its own; its rows of the wire that need one are limits of the host.
  const settings = { seed: "s", jobs: 2, suiteVersion: "0", bounds: TOY_BOUNDS, acceptHostLimits: true };
  return judgeContract(suite, new InProcessDriver(subject), { ...settings, ...options });
}

function status(result: ContractResult, id: string): string | undefined {
  return result.rows.find(({ requirement }) => requirement.id === id)?.status;
}

test("a sound subject conforms, and the rows of the wire say what they rest on", async () => {
  const result = await judge(suiteOf([says]));
  expect(result).toMatchObject({
    contract: "toy@1",
    verdict: "conformant",
    driver: "in-process",
    seed: "s",
    isFiltered: false,
    realClock: false,
  });
  expect(result.rows.find(({ requirement }) => requirement.id === "WIRE-008")?.evidence).toContain("in which TOY-001 passed");
});

test("a subject that does not offer the contract cannot be judged by it", async () => {
  const other = toySubject(undefined, { contracts: { "other@1": { open: () => ({ close: () => undefined }) } } });
  await expect(judge(suiteOf([says]), other)).rejects.toMatchObject({
    reason: "contract-missing",
    message: "The subject does not implement toy@1; it offers other@1",
  });
});

test("an error of one case is the suite's, and the others are judged all the same", async () => {
  const broken = toyCase("TOY-002/breaks", () => {
    throw new TypeError("a mistake of the case");
  });
  const result = await judge(suiteOf([says, broken]));
  expect(result.verdict).toBe("harness-error");
  expect([status(result, "TOY-001"), status(result, "TOY-002")]).toEqual(["PASS", "HARNESS_ERROR"]);
});

test("a selection runs what it stands on and shows what was asked for", async () => {
  const ran: string[] = [];
  const cases = ["TOY-001", "TOY-002", "TOY-003"].map((id) =>
    toyCase(`${id}/runs`, (context) => {
      ran.push(id);
      context.check("holds", true, seen);
    }),
  );
  const suite = suiteOf(cases, { "TOY-002": { after: ["TOY-001"] } });
  const result = await judge(suite, toySubject(), { selection: ({ id }) => id === "TOY-002" });
  expect(ran).toEqual(["TOY-001", "TOY-002"]);
  expect(result.rows.map(({ requirement }) => requirement.id)).toEqual(["TOY-002"]);
  expect(result).toMatchObject({ verdict: "no-claim", isFiltered: true });
});

test("a row that was not asked for is shown where it stands in the way, also one of the wire", async () => {
  const wrong = toySubject(() => ({ say: async () => ({ said: 7 }) }));
  const result = await judge(suiteOf([says]), wrong, { selection: ({ id }) => id === "TOY-001" });
  expect(result.rows.map(({ requirement, status: is }) => [requirement.id, is])).toEqual([
    ["WIRE-003", "FAIL"],
    ["TOY-001", "INCONCLUSIVE"],
  ]);
  expect(result.verdict).toBe("not-conformant");
});

test("a row of the wire is judged from the cases of the whole contract", async () => {
  const leaking = toySubject((env) => ({
    say: async (said: string) => {
      env.log("info", Object.values(env.environment).join());
      return { said };
    },
  }));
  const result = await judge(suiteOf([says]), leaking, { selection: ({ id }) => id === "WIRE-008" });
  expect(result.rows.map(({ requirement, status: is }) => [requirement.id, is])).toEqual([["WIRE-008", "FAIL"]]);
  expect(JSON.stringify(result)).not.toMatch(/fk[0-9a-f]{10}/u);
});

test("a capability that is not declared counts as absent only once its refusal was shown", async () => {
  const shouts = toyCase("TOY-002/shouts", (context) => context.check("holds", true, seen));
  const refuses = toyCase("TOY-003/refuses", async (context) => {
    const answer = await (await context.open()).ask("shout", "a");
    context.check("holds", !answer.ok && answer.error.code === "UNSUPPORTED", seen);
  });
  const suite = suiteOf([says, shouts, refuses], { "TOY-002": { flag: "loud" }, "TOY-003": { flag: "!loud" } });
  const quiet = (methods: object): Subject => {
    const subject = toySubject(() => methods);
    return { ...subject, contracts: { "toy@1": { ...subject.contracts["toy@1"], flags: {} } as Subject["contracts"][string] } };
  };
  const honest = await judge(suite, quiet({ shout: undefined }));
  expect([status(honest, "TOY-002"), status(honest, "TOY-003"), honest.verdict]).toEqual(["N/A", "PASS", "conformant"]);
  const hiding = await judge(suite, quiet({}));
  expect([status(hiding, "TOY-002"), status(hiding, "TOY-003"), hiding.verdict]).toEqual(["INCONCLUSIVE", "FAIL", "not-conformant"]);
});

test("a flag that the contract does not know, and facts that are not its own, break WIRE-003", async () => {
  const subject = toySubject();
  const misspelt = { ...subject.contracts["toy@1"], flags: { laud: true }, facts: { colour: "red" } } as Subject["contracts"][string];
  const result = await judge(suiteOf([says]), { ...subject, contracts: { "toy@1": misspelt } });
  const wire = result.rows.find(({ requirement }) => requirement.id === "WIRE-003");
  expect(wire?.status).toBe("FAIL");
  expect(wire?.cases.flatMap(({ checks }) => checks.map(({ got }) => got)).join()).toContain("the flags laud");
});

test("a case that moves time is not run on a real clock unasked", async () => {
  const moves = toyCase("TOY-001/moves", async (context) => context.check("holds", (await context.open()).clock.slackMs > 0, seen), {
    movesTime: true,
  });
  const real = toySubject(undefined, { clock: "real" });
  const unasked = await judge(suiteOf([moves]), real);
  expect(unasked.rows.find(({ requirement }) => requirement.id === "TOY-001")).toMatchObject({
    status: "NOT_RUN",
    reason: "The subject has no virtual clock; add --real-clock to wait for real.",
  });
  expect(unasked).toMatchObject({ realClock: false });
  const asked = await judge(suiteOf([moves]), real, { realClock: true });
  expect([status(asked, "TOY-001"), asked.realClock]).toEqual(["PASS", true]);
});

test("each case is told as it ends, and transcripts are kept on demand", async () => {
  const told: string[] = [];
  const result = await judge(suiteOf([says]), toySubject(), {
    keepTranscripts: true,
    onCase: ({ id, status: is }) => told.push(`${id} ${is}`),
  });
  expect(told).toContain("TOY-001/says PASS");
  expect(result.rows.at(-1)?.cases[0]?.transcript?.some(({ text }) => text.includes('"method":"say"'))).toBe(true);
});

test("a subject that breaks off in one case is started again for the next", async () => {
  let opens = 0;
  const falling = toySubject(() => {
    opens += 1;
    return { count: () => new Promise(() => undefined) };
  });
  const hangs = toyCase("TOY-001/hangs", async (context) => void (await (await context.open()).ask("count", 1)));
  const suite = suiteOf([hangs, toyCase("TOY-002/says", (context) => says.run(context))]);
  const result = await judge(suite, falling, { jobs: 1 });
  expect([status(result, "TOY-001"), status(result, "TOY-002")]).toEqual(["FAIL", "PASS"]);
  expect(opens).toBeGreaterThan(2);
});
