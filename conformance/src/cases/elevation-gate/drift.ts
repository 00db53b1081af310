import type { CallFacts } from "@flynn/sdk/elevation-gate";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { Gate, TOOLS, callOf, codeOf, someone, turnOf } from "./gate-in-case.ts";

const ZERO = "0".repeat(64);

const ARGUMENTS = ["sh", "-c", "a b", "", "c", "\u00E9", `${"x".repeat(5_000)}1`, ...Array.from({ length: 150 }, () => "w"), "last"];

/** What the call was checked as, beside what every call of the case has. */
const CHECKED: Partial<CallFacts> = {
  argv: ARGUMENTS,
  cwd: { path: "/srv/a", device: "1", inode: "23" },
  script: { path: "/srv/a/run.sh", sha256: ZERO },
};

/** The arguments with one of them changed. */
const withArgument =
  (from: string, ...to: readonly string[]) =>
  ({ argv }: CallFacts): Partial<CallFacts> => ({ argv: argv.flatMap((word) => (word === from ? to : [word])) });

/** What has become of it when it is acquired. */
const DRIFTS: Readonly<Record<string, (call: CallFacts) => Partial<CallFacts>>> = {
  "another tool": () => ({ tool: TOOLS[1] }),
  "a space after an argument": withArgument("a b", "a b "),
  "an argument cut in two": withArgument("a b", "a", "b"),
  "arguments joined": withArgument(""),
  "arguments joined with a NUL": ({ argv }) => ({ argv: [argv.join("\0")] }),
  "arguments joined with a unit separator": ({ argv }) => ({ argv: [argv.join("\u001F")] }),
  "an empty argument more": ({ argv }) => ({ argv: [...argv, ""] }),
  "arguments in another order": ({ argv }) => ({ argv: argv.toReversed() }),
  "an argument in upper case": withArgument("-c", "-C"),
  "a NUL in an argument": withArgument("a b", "a\0b"),
  "an argument in quotes": withArgument("a b", '"a b"'),
  "an argument in another normal form": withArgument("\u00E9", "e\u0301"),
  "another end of a long argument": withArgument(ARGUMENTS[6] ?? "", `${"x".repeat(5_000)}2`),
  "another last argument of many": withArgument("last", "first"),
  "another folder": () => ({ cwd: { path: "/srv/b", device: "1", inode: "23" } }),
  "another folder of the same path": () => ({ cwd: { path: "/srv/a", device: "1", inode: "24" } }),
  "the same inode on another device": () => ({ cwd: { path: "/srv/a", device: "2", inode: "23" } }),
  "device and inode cut elsewhere": () => ({ cwd: { path: "/srv/a", device: "12", inode: "3" } }),
  "another environment": ({ environmentDigest }) => ({ environmentDigest: swapped(environmentDigest) }),
  "another executable": ({ executable }) => ({ executable: { ...executable, path: `${executable.path}2` } }),
  "an executable that was replaced": ({ executable }) => ({ executable: { ...executable, sha256: swapped(executable.sha256) } }),
  "another script": () => ({ script: { path: "/srv/a/run2.sh", sha256: ZERO } }),
  "a script that was rewritten": () => ({ script: { path: "/srv/a/run.sh", sha256: swapped(ZERO) } }),
  "no script": () => ({ script: null }),
};

export const driftCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-042/drift",
    requirement: "ELV-042",
    title: `acquires a call with ${Object.keys(DRIFTS).join(", ")}, and as it was checked`,
    isolation: "shared",
    expects: [...Object.keys(DRIFTS), "a digest of nothing", "the digest of another call", "as it was checked"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      await gate.elevate(person);
      const checked = callOf(context.random, TOOLS[0], CHECKED);
      const checkedDigest = await gate.digestOf(turnOf(person), checked);
      const look = async (name: string, call: CallFacts, digest: string): Promise<void> => {
        const code = codeOf(await gate.acquire(turnOf(person), { call, checkedDigest: digest }));
        const expected = name === "as it was checked" ? "GRANTED" : "DENIED_DRIFT";
        context.check(name, code === expected, { did: `checked a call, and acquired it with ${name}`, expected, got: code });
      };
      for (const [name, change] of Object.entries(DRIFTS)) await look(name, { ...checked, ...change(checked) }, checkedDigest);
      await look("a digest of nothing", checked, "");
      await look("the digest of another call", checked, await gate.digestOf(turnOf(person), gate.anyCall()));
      await look("as it was checked", checked, checkedDigest);
    },
  }),
];

/** The same digest with its last digit changed. */
function swapped(digest: string): string {
  return `${digest.slice(0, -1)}${digest.endsWith("0") ? "1" : "0"}`;
}
