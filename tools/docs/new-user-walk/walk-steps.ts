/** How much of an output the page shows; what is between the two is left out. */
interface Excerpt {
  readonly first: number;
  readonly last?: number;
}

interface Run {
  readonly kind: "runs";
  readonly command: string;
  readonly exit: number;
  readonly shows?: Excerpt;
  /** What it prints somewhere, and what it does not. */
  readonly prints?: readonly string[];
  readonly lacks?: readonly string[];
}

/** One thing that a new user does, in order; `edits` names a patch, which follows from what was printed before it. */
export type WalkStep = Run | { readonly kind: "says"; readonly text: string } | { readonly kind: "edits"; readonly patch: string };

const says = (text: string): WalkStep => ({ kind: "says", text });
const edits = (patch: string): WalkStep => ({ kind: "edits", patch });
const runs = (command: string, members: Partial<Run> = {}): WalkStep => ({ kind: "runs", command, exit: 0, ...members });

/** The whole suite, which says that this row is the one to mend and that those hold. */
const judgesAll = (begin: string, hold: readonly string[], shows: Excerpt, reports = ""): WalkStep =>
  runs(`npx flynn-conformance --seed 1${reports}`, {
    exit: 1,
    shows,
    prints: [`FAIL ${begin}`, ...(hold.length > 0 ? [`begin with ${begin}`] : [])],
    lacks: hold.map((id) => `FAIL ${id}`),
  });

const judges = (id: string): WalkStep => runs(`npx flynn-conformance --seed 1 --only ${id}`, { prints: ["1/1 MUST"] });

/** From an empty folder to three requirements that hold, and how much that is worth. */
export const walkSteps: readonly WalkStep[] = [
  says("## A project"),
  runs("npm init -y", { shows: { first: 1 } }),
  says(
    "`../packages` holds the packages as they would be published. From a registry it is `npm install --save-dev @flynn/conformance @flynn/sdk`.",
  ),
  runs("npm install --save-dev ../packages/flynn-*.tgz"),
  says("## What now?\n\nThe command by itself says what it needs:"),
  runs("npx flynn-conformance", { exit: 2, prints: ["npx flynn-conformance init skill-scanner"] }),
  runs("npx flynn-conformance init skill-scanner", { prints: ["Wrote skill-scanner.mts"] }),
  runs("npx flynn-conformance smoke", { prints: ["The harness is wired"] }),
  says(
    "## The first requirement\n\nThe seed decides the names that cases make up. It is given only so that this page says the same when it is written again.",
  ),
  judgesAll("SCAN-001", [], { first: 8, last: 3 }),
  runs("npx flynn-conformance explain SCAN-001"),
  says("What `next` and `try` say, the TODOs of SCAN-001 in the file say in TypeScript:"),
  edits("1-list-every-file.patch"),
  judges("SCAN-001"),
  says("## The second\n\nWhat waited for SCAN-001 is judged now, and most of it fails. The last line says where to begin:"),
  judgesAll("WIRE-007", ["SCAN-001"], { first: 11, last: 4 }),
  says("What could not be read is a result: incomplete, and therefore rejected, as the TODOs of SCAN-010 and SCAN-025 have it."),
  edits("2-what-cannot-be-read.patch"),
  judges("WIRE-007"),
  says("## The third"),
  judgesAll("SCAN-003", ["SCAN-001", "WIRE-007"], { first: 16, last: 4 }),
  edits("3-everything-is-an-entry.patch"),
  judges("SCAN-003"),
  says("The whole again, and this time with a page to read and a badge to show:"),
  judgesAll(
    "SCAN-002",
    ["SCAN-001", "WIRE-007", "SCAN-003"],
    { first: 7, last: 7 },
    " --report html=report.html --report badge=badge.json",
  ),
  runs("cat badge.json", { prints: ["not conformant"] }),
  runs("head -c 15 report.html", { prints: ["<!doctype html>"] }),
  says(
    "## What is the green worth?\n\n`mutate` puts faults between the scanner and the suite. The rows that hold notice three of these; one goes by, because SCAN-030 does not hold yet:",
  ),
  runs("npx flynn-conformance mutate --seed 1 --jobs 1 --only '*-of-scan'", {
    prints: ["3 caught, 1 survived", "ignores-abort-of-scan"],
  }),
  says(
    [
      "## What no output said",
      "",
      "- What the packages are called, and that `mutate` and `--report` are there: the README and `--help` say it.",
      "- How a folder is walked and a file hashed in Node.",
      "- Where the page of a `spec` line is: in the repository, and not in the package. `explain` says what it says, and nothing above needed it.",
    ].join("\n"),
  ),
];
