import type { CaseReport, ContractReport, Report, RowReport } from "../../src/report/report-schema.ts";

/** A report of one contract of which only what a test is about needs to be said. */
export function sampleReport(rows: readonly RowReport[], members: Partial<ContractReport> = {}): Report {
  return reportOf([sampleRun(rows, members)]);
}

export function reportOf(runs: readonly ContractReport[]): Report {
  return {
    schema: "flynn-conformance-report/1",
    suite: { name: "flynn-conformance", version: "0.1.0" },
    startedAt: "2026-01-02T03:04:05.000Z",
    exitCode: 1,
    runs: [...runs],
  };
}

export function sampleRun(rows: readonly RowReport[], members: Partial<ContractReport> = {}): ContractReport {
  return {
    contract: "toy@1",
    verdict: "not-conformant",
    subject: { name: "my-toy", version: "1.2.0", source: "./toy.ts" },
    driver: "child",
    seed: "5eed",
    realClock: false,
    durationMs: 1_234,
    isFiltered: false,
    acceptedHostLimits: [],
    rows: [...rows],
    capabilities: [],
    untestable: [],
    ...members,
  };
}

export function sampleRow(id: string, members: Partial<RowReport> = {}): RowReport {
  return {
    id,
    level: "MUST",
    text: `What ${id} asks of an implementation.`,
    status: "PASS",
    hint: `Do what ${id} says.`,
    specification: `docs/spec/toy.md#${id.toLowerCase()}`,
    replay: `flynn-conformance run --only ${id} --seed 5eed --trace toy ./toy.ts`,
    cases: [sampleCase(`${id}/one`)],
    ...members,
  };
}

export function sampleCase(id: string, members: Partial<CaseReport> = {}): CaseReport {
  const check = { name: "holds", holds: true, did: "asked the toy for a ticket", expected: "the ticket abc", got: "the ticket abc" };
  return { id, title: `looks at ${id}`, status: "PASS", durationMs: 1.25, checks: [check], notes: [], ...members };
}

export function failedCase(id: string, members: Partial<CaseReport> = {}): CaseReport {
  const check = { name: "ticket", holds: false, did: "asked the toy for a ticket", expected: "the ticket abc", got: "the ticket xyz" };
  return sampleCase(id, { status: "FAIL", checks: [check], fingerprint: "3e26d9ec7f5f", transcript: transcriptOf(6), ...members });
}

export function failedRow(id: string, members: Partial<RowReport> = {}): RowReport {
  return sampleRow(id, { status: "FAIL", cases: [failedCase(`${id}/one`)], ...members });
}

/** Calls and their answers, each answer as long as a real one. */
export function transcriptOf(lines: number): NonNullable<CaseReport["transcript"]> {
  return Array.from({ length: lines }, (_, index) => {
    const id = Math.floor(index / 2);
    const [direction, body] =
      index % 2 === 0
        ? (["to-subject", { method: "call", params: { instance: "i1", method: "ask", args: [{ name: `name-${id}` }] } }] as const)
        : ([
            "from-subject",
            { result: { inventory: Array.from({ length: 4 }, (__, entry) => ({ path: `file-${entry}.md`, bytes: id })) } },
          ] as const);
    return { direction, text: JSON.stringify({ jsonrpc: "2.0", id, ...body }), atMs: index * 3 };
  });
}

/** 300 rows of which 100 fail, with long transcripts: more than any contract has. */
export function largeReport(): Report {
  const rows = Array.from({ length: 300 }, (_, index) => {
    const id = `TOY-${String(index + 1).padStart(3, "0")}`;
    if (index % 3 === 0) {
      const cases = ["one", "two", "three"].map((name) => failedCase(`${id}/${name}`, { transcript: transcriptOf(200) }));
      return failedRow(id, { cases });
    }
    return sampleRow(id, { cases: ["one", "two", "three"].map((name) => sampleCase(`${id}/${name}`)) });
  });
  return sampleReport(rows);
}
