import { createHash } from "node:crypto";
import { Script } from "node:vm";

import { describe, expect, test } from "vitest";

import {
  failedCase,
  failedRow,
  largeReport,
  reportOf,
  sampleCase,
  sampleReport,
  sampleRow,
  sampleRun,
  transcriptOf,
} from "../../../test/html-report/sample-report.ts";
import { htmlReport } from "./html-report.ts";
import { PAGE_SCRIPT } from "./page-script.ts";

/** The page without its style sheet and its script, which are this project's own. */
function contentOf(page: string): string {
  return page.replaceAll(/<(style|script)>[^]*?<\/\1>/gu, "");
}

function idsIn(page: string): string[] {
  return [...contentOf(page).matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id ?? "");
}

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'><a href="javascript:0">\u001B[2J\u202E\u0000\u061C\u2028`;

describe("what a subject says is shown and not obeyed", () => {
  const everywhere = {
    ...failedRow("TOY-001", {
      text: HOSTILE,
      reason: HOSTILE,
      evidence: HOSTILE,
      hint: HOSTILE,
      replay: HOSTILE,
      specification: HOSTILE,
      cases: [
        failedCase(`TOY-001/${HOSTILE}`, {
          title: HOSTILE,
          reason: HOSTILE,
          fingerprint: HOSTILE,
          blockedBy: HOSTILE,
          checks: [{ name: HOSTILE, holds: false, did: HOSTILE, expected: HOSTILE, got: `${HOSTILE}!`, next: HOSTILE }],
          witnesses: { sensor: HOSTILE },
          notes: [{ text: HOSTILE, data: { [HOSTILE]: HOSTILE } }],
          transcript: [
            { direction: "stderr", text: HOSTILE, atMs: 0 },
            { direction: "from-subject", text: JSON.stringify({ jsonrpc: "2.0", id: HOSTILE, method: HOSTILE }), atMs: 1 },
            { direction: "from-subject", text: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "constructor", params: {} }), atMs: 2 },
          ],
        }),
      ],
    }),
    id: HOSTILE,
  };
  const page = htmlReport(
    sampleReport([everywhere], {
      contract: HOSTILE,
      subject: { name: HOSTILE, version: HOSTILE, source: HOSTILE, command: [HOSTILE] },
      seed: HOSTILE,
      driver: HOSTILE,
      acceptedHostLimits: [HOSTILE],
      capabilities: [{ flag: HOSTILE, declared: true, observed: "works", judgement: "honest", rows: [HOSTILE] }],
      untestable: [{ id: HOSTILE, text: HOSTILE, reason: HOSTILE }],
    }),
    { killMatrices: [{ contract: HOSTILE, mutants: [{ id: HOSTILE, kind: "mutant", fails: [HOSTILE] }] }] },
  );

  test("no element, attribute or link comes of it", () => {
    const content = contentOf(page);
    expect(content).not.toMatch(/<(script|img|iframe|object|link)\b/u);
    const tags = content.match(/<[a-z][^>]*>/gu) ?? [];
    expect(
      tags.filter((tag) =>
        /\son\w+=|\sstyle=|javascript:0" *>|href="(?!#)/u.test(tag.replaceAll(/(data-\w+|aria-label|content)="[^"]*"/gu, "")),
      ),
    ).toEqual([]);
    expect(page.match(/<script>/gu)).toHaveLength(1);
  });

  test("control characters and what turns text around are written out", () => {
    expect(page).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\u061C\u2028]/u);
    expect(page).toContain("\\u{1b}[2J\\u{202e}\\u{0}\\u{61c}\\u{2028}");
  });
});

test("the policy allows this style sheet and this script and nothing else", () => {
  const page = htmlReport(sampleReport([failedRow("TOY-001")]));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page)?.[1]?.replaceAll("&#39;", "'");
  const hash = (tag: string): string => {
    const text = new RegExp(`<${tag}>([^]*?)</${tag}>`, "u").exec(page)?.[1] ?? "";
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  expect(policy).toBe(`default-src 'none'; style-src ${hash("style")}; script-src ${hash("script")}; base-uri 'none'; form-action 'none'`);
  expect(page).not.toMatch(/https?:\/\/|\bsrc=|@import|url\(/u);
  expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
});

test("what others wait for comes first, then what is warned of, then what waits, and passes are last and folded", () => {
  const page = htmlReport(
    sampleReport([
      sampleRow("TOY-001"),
      failedRow("TOY-002"),
      failedRow("TOY-003"),
      failedRow("TOY-004", { status: "WARN", level: "SHOULD" }),
      ...["TOY-005", "TOY-006"].map((id) => sampleRow(id, { status: "INCONCLUSIVE", blockedBy: "TOY-003", cases: [] })),
    ]),
  );
  const order = [...page.matchAll(/<details\s+class="row"[^>]*data-id="([^"]*)"/gu)].map(([, id]) => id);
  expect(order).toEqual(["TOY-003", "TOY-002", "TOY-004", "TOY-005", "TOY-006", "TOY-001"]);
  expect(page).toContain("2 wait for it");
  expect(page).toMatch(/begin with <a class="row-id" href="#TOY-003">TOY-003<\/a>, for which 2 others wait/u);
  expect(page).toMatch(/2 requirements wait for <a class="row-id" href="#TOY-003">/u);
  expect(page).toMatch(/<title>not conformant to toy@1 · my-toy 1\.2\.0<\/title>/u);
});

describe("more than one contract", () => {
  const page = htmlReport(
    reportOf([
      sampleRun([sampleRow("WIRE-001"), sampleRow("TOY-001")], { verdict: "conformant" }),
      sampleRun([failedRow("WIRE-001"), sampleRow("GAME-001")], { contract: "game@2" }),
    ]),
  );

  test("an id that several have is told apart by the contract, and each id of the page is there once", () => {
    const ids = idsIn(page);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["toy:WIRE-001", "game:WIRE-001", "TOY-001", "GAME-001"]));
  });

  test("the one that needs work comes first, and no percentage is anywhere", () => {
    expect(page.indexOf('data-contract="game@2"')).toBeLessThan(page.indexOf('data-contract="toy@1"'));
    expect(page).toContain("1 of 2 contracts conformant");
    expect(contentOf(page)).not.toContain("%");
  });
});

test("every fragment that is linked to is on the page", () => {
  const page = htmlReport(largeReport());
  const ids = new Set(idsIn(page));
  const targets = [...contentOf(page).matchAll(/href="#([^"]*)"/gu)].map(([, id]) => id ?? "");
  expect(targets.filter((id) => !ids.has(id))).toEqual([]);
});

test("300 rows with 300 long transcripts of failures stay under a megabyte, and each has its first and last lines", () => {
  const page = htmlReport(largeReport());
  expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  expect(page.match(/lines left out here; the JSON report has them/gu)).toHaveLength(300);
  // The first case of each row is told from both ends; the others have what room is left.
  expect(page.match(/call ask #0<\/b/gu)?.length).toBeGreaterThanOrEqual(100);
  expect(page.match(/answer to #99/gu)?.length).toBeGreaterThanOrEqual(100);
});

test("what grows when it is written out does not grow the page", () => {
  const binary = Array.from({ length: 50 }, (_, atMs) => ({ direction: "stderr" as const, text: "\u0000".repeat(2_000), atMs }));
  const rows = Array.from({ length: 100 }, (_, index) =>
    failedRow(`TOY-${index}`, { cases: [failedCase(`TOY-${index}/one`, { transcript: binary })] }),
  );
  expect(htmlReport(sampleReport(rows)).length).toBeLessThan(1_000_000);
});

test("a timeline tells silence, virtual time, methods and what an answer answers", () => {
  const frame = (value: object): string => JSON.stringify({ jsonrpc: "2.0", ...value });
  const clock = (mono: number, wall: number): object => ({ mono, boot: mono, wall });
  const transcript = [
    { direction: "to-subject", text: frame({ id: 1, method: "open", params: { instance: "i1", clock: clock(1_000, 0) } }), atMs: 0 },
    {
      direction: "to-subject",
      text: frame({ id: 2, method: "clock.set", params: { instance: "i1", ...clock(3_500, 2_500), fire: true } }),
      atMs: 1,
    },
    {
      direction: "to-subject",
      text: frame({ id: 3, method: "clock.set", params: { instance: "i1", ...clock(3_600, 0), fire: false } }),
      atMs: 2,
    },
    { direction: "from-subject", text: frame({ id: "s1", method: "host.port", params: { port: "audit" } }), atMs: 400 },
    { direction: "from-subject", text: frame({ id: 2, error: { code: -32000, message: "no", data: { code: "EXPIRED" } } }), atMs: 401 },
    {
      direction: "from-subject",
      text: `${frame({ id: 3, result: { long: "x".repeat(600) } }).slice(0, 500)} … (122 more characters)`,
      atMs: 402,
    },
    { direction: "stderr", text: "oh", atMs: 403 },
  ] as const;
  const page = contentOf(
    htmlReport(sampleReport([failedRow("TOY-001", { cases: [failedCase("TOY-001/one", { transcript: [...transcript] })] })])),
  );
  expect(page).toContain("nothing for 398 ms");
  expect(page).toContain("virtual time +2.5 s since it was opened · moved +2.5 s · wall 1970-01-01T00:00:02.500Z");
  expect(page).toContain("moved mono +0.1 s, boot +0.1 s, wall −2.5 s · wall 1970-01-01T00:00:00.000Z · no timer fires");
  for (const label of ["host.port audit #s1", "error EXPIRED for #2 clock.set", "answer to #3 clock.set"])
    expect(page).toContain(`${label}</b>`);
  for (const way of ["to the subject", "from the subject", "stderr of the subject"]) expect(page).toContain(`aria-label="${way}"`);
});

test("expected and got have what differs marked, where they are alike enough", () => {
  const page = htmlReport(sampleReport([failedRow("TOY-001")]));
  expect(page).toContain("<code>the ticket <mark>abc</mark></code>");
  expect(page).toContain("<code>the ticket <mark>xyz</mark></code>");
});

test("the limits of a run, its clock and that it is partial are told", () => {
  const limited = sampleRow("TOY-002", { status: "NOT_RUN", reason: "There are no FIFOs here.", isHostLimit: true, cases: [] });
  const page = htmlReport(
    sampleReport([sampleRow("TOY-001"), limited], {
      verdict: "no-claim",
      isFiltered: true,
      realClock: true,
      acceptedHostLimits: ["TOY-002"],
    }),
  );
  expect(page).toContain("no claim, only some rows were run, and they hold");
  expect(page).toContain("nothing is claimed about the whole");
  expect(page).toContain("time passed for real");
  expect(page).toMatch(/href="#TOY-002">TOY-002<\/a>: There are no FIFOs here\./u);
});

describe("capabilities and the kill matrix", () => {
  const capability = { flag: "renew", declared: true, observed: "does-not-work", judgement: "over-claims", rows: ["TOY-001"] } as const;
  const report = sampleReport([failedRow("TOY-001"), sampleRow("TOY-002")], { capabilities: [{ ...capability, rows: ["TOY-001"] }] });

  test("declared beside observed, and what that means", () => {
    expect(htmlReport(report)).toMatch(/over-claims<\/strong\s*>: declared, and it does not work; mend it or take the flag away/u);
    expect(htmlReport(sampleReport([sampleRow("TOY-001")]))).toContain("toy@1 has no capabilities to declare.");
  });

  test("rows say what is known to fail them, and without data the page says that there is none", () => {
    expect(htmlReport(report)).toContain("No kill matrix was given for this report.");
    const mutants = [
      { id: "forgets-the-ticket", kind: "mutant", fails: ["TOY-001"] },
      { id: "says-yes", kind: "liar", fails: ["TOY-001", "TOY-002"] },
      { id: "does-nothing", kind: "null", fails: ["TOY-001", "TOY-002"] },
    ] as const;
    const page = htmlReport(report, { killMatrices: [{ contract: "toy@1", mutants }] });
    expect(page).toContain("3 broken implementations known to fail it");
    expect(page).toContain("forgets-the-ticket, says-yes (liar)");
  });
});

test("passes are listed with their checks, and a text that is too long says what was left out", () => {
  const long = sampleCase("TOY-001/one", { checks: [{ name: "n", holds: true, did: "d".repeat(1_000), expected: "e", got: "g" }] });
  const page = htmlReport(
    sampleReport([
      sampleRow("TOY-001", { cases: [long] }),
      failedRow("TOY-002", { cases: [failedCase("TOY-002/one", { transcript: transcriptOf(40) })] }),
    ]),
  );
  expect(page).toContain("… (700 more characters; the JSON report has them)");
  expect(page).toContain("looks at TOY-001/one");
});
