import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import type { RunOptions, Screen } from "../../test/command-line.ts";
import { temporaryFolder } from "../../test/executor-folder.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { verifyLog } from "../audit/verify-log.ts";

const ON = { elevation: { enabled: true, principals: ["self"] } };
const NOT_ON_THE_HOST = /^\[(?:sandbox\] exit status|refused\] NO_SANDBOX:)/mu;

/** A configuration, a state folder and a workspace, for one session after another. */
class Place implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = (name: string): string => join(this.#folder.path, name);
  readonly audit = this.path("state/audit");
  config: string;

  constructor(config: unknown = ON) {
    mkdirSync(this.path("workspace"));
    this.config = this.#folder.write("config.json", JSON.stringify(config), 0o600);
  }

  run(words: readonly string[], options: RunOptions = {}): ReturnType<typeof runCommand> {
    const args = ["elevate", "--config", this.config, "--state-dir", this.path("state"), "--workspace", this.path("workspace"), ...words];
    return runCommand(args, { environment: { PATH: process.env["PATH"], HOME: "/nowhere" }, ...options });
  }

  /** `type` of each event so far, with its cause. */
  events(): string[] {
    const lines = readFileSync(join(this.audit, "audit.jsonl"), "utf8").trimEnd().split("\n");
    return lines.map((line) => {
      const { type, cause } = JSON.parse(line) as { readonly type: string; readonly cause: string | null };
      return cause === null ? type : `${type}: ${cause}`;
    });
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

async function* elevated(
  screen: Screen,
  rest: (screen: Screen) => AsyncIterable<string>,
  request = "10m restart nginx",
): AsyncIterable<string> {
  yield `/elevate ${request}\n`;
  const [, code] = await screen.find(/^code: (\w{8})$/mu);
  yield `/elevate confirm ${code}\n`;
  yield* rest(screen);
}

describe("a session at a terminal", () => {
  test("runs programs on the host between the code and the revocation, and not before or after", async () => {
    using place = new Place();
    const touch = (name: string): string => `touch ${place.path(name)}\n`;
    const { status, stdout, stderr } = await place.run([], {
      isTTY: true,
      input: async function* (screen) {
        yield touch("before");
        yield* elevated(screen, async function* () {
          yield touch("during");
          yield "sh -c 'echo \"$PWD\"; exit 3'\n";
          yield "/elevate revoke\n";
          yield touch("after");
        });
      },
    });
    expect(["before", "during", "after"].map((name) => existsSync(place.path(name)))).toEqual([false, true, false]);
    expect(stdout).toMatch(
      new RegExp(
        [
          '^Asked for HOST execution: tools exec, any number of calls, 10 min, reason: "restart nginx"\\. .*',
          "code: [0-9A-Z]{8}",
          "HOST execution is on for 10 min: .*",
          place.path("workspace"),
          "1 grant ended\\. .*\n$",
        ].join("\n"),
        "u",
      ),
    );
    const [first = "", ...others] = stderr.trimEnd().split("\n");
    const last = others.pop() ?? "";
    expect(others.filter((line) => line.startsWith("["))).toEqual(["[host] exit status 0", "[host] exit status 3"]);
    expect(stderr.match(new RegExp(NOT_ON_THE_HOST.source, "gmu"))).toHaveLength(2);
    expect([first, last]).not.toContain("");
    expect(status).toBe(0);
    expect(place.events()).toEqual([
      "gate.started: no grant is carried over",
      "elevation.requested",
      "elevation.activated",
      "tool.exec.start",
      "tool.exec.end: exited",
      "tool.exec.start",
      "tool.exec.end: exited",
      "elevation.revoked: principal",
    ]);
  });

  test("begins with the words of the command line, options among them", async () => {
    using place = new Place();
    const { stdout } = await place.run(["10m", "--once", "--tools=exec", "restart", "nginx --now"], { isTTY: true });
    expect(stdout).toMatch(/^Asked for HOST execution: tools exec, one call, 10 min, reason: "restart nginx --now"\. .*\ncode: \w{8}\n$/u);
  });

  test("ends with exit, and its grants with it", async () => {
    using place = new Place();
    const { status, stdout } = await place.run([], {
      isTTY: true,
      input: (screen) =>
        elevated(screen, async function* () {
          yield "  exit \n";
          yield "/elevate status\n";
        }),
    });
    expect({ status, lines: stdout.trimEnd().split("\n").length }).toEqual({ status: 0, lines: 3 });
    expect(place.events().at(-1)).toBe("elevation.revoked: session ended");
    expect(await verifyLog(place.audit)).toMatchObject({ status: "intact" });

    const again = await place.run(["status"], { isTTY: true });
    expect(again.stdout).toBe("Not elevated. Calls run in the sandbox.\n");
  });

  test("says what a line is not", async () => {
    using place = new Place();
    const { stdout, stderr } = await place.run([], {
      input: ["", "   ", "echo 'a", "ls && ls", "/ELEVATE", " /elevate status", "/nowhere/at-all"],
    });
    expect(stdout).toBe("Not understood: the command is /elevate, in lower case and these letters. Nothing changed.\n");
    expect(stderr.split("\n")).toEqual([
      "flynn: a ' is not closed",
      "flynn: there is no shell here that knows &; put it in quotes, or run sh -c '…'",
      '[refused] NOT_FOUND: There is no program "/elevate": no executable file of that name on PATH, or at that path.',
      '[refused] NOT_FOUND: There is no program "/nowhere/at-all": no executable file of that name on PATH, or at that path.',
      "",
    ]);
  });
});

describe("without a person", () => {
  test("nothing can be asked for, and no code is shown", async () => {
    using place = new Place();
    const { status, stdout, stderr } = await place.run(["10m", "restart", "nginx"], { input: ["/elevate status"] });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: "Only a person may do this, on a surface that shows who it is.\nNot elevated. Calls run in the sandbox.\n",
      stderr: "",
    });
    expect(place.events()).toEqual(["gate.started: no grant is carried over", "elevation.refused: E_ORIGIN"]);
  });

  test.each([
    ["there is no configuration", {}, "Elevation is switched off here."],
    ["it names nobody", { elevation: { enabled: true } }, "This principal or this agent may not be elevated."],
    ["it allows less time", { elevation: { ...ON.elevation, maxTtlMs: 60_000 } }, "The time must be from 1 s to 1 min."],
    ["it denies the tool", { elevation: { ...ON.elevation, deniedTools: ["exec"] } }, "There is no such tool to ask for; there is none."],
  ])("nor by one where %s", async (_, config, text) => {
    using place = new Place(config);
    const { stdout } = await place.run(["10m", "restart", "nginx"], { isTTY: true });
    expect(stdout).toMatch(new RegExp(`^${text.replaceAll(".", "\\.")}.*\n$`, "u"));
  });
});

describe("a signal", () => {
  const sleeper = "sh -c 'echo ready; exec sleep 987'\n";

  test("interrupts the program that runs, and the session goes on", async () => {
    using place = new Place();
    const { status, stdout, stderr } = await place.run([], {
      isTTY: true,
      input: (screen) =>
        elevated(screen, async function* () {
          yield sleeper;
          await screen.find(/^ready$/mu);
          screen.signal("SIGINT");
          await screen.find(/^\[host\] ended by SIGINT$/mu);
          yield "echo 'and on'\n";
        }),
    });
    expect({ status, end: stdout.split("\n").slice(-3) }).toEqual({ status: 0, end: ["ready", "and on", ""] });
    expect(stderr).toBe("[host] ended by SIGINT\n[host] exit status 0\n");
  });

  test("a second time, it kills one that does not heed it", async () => {
    using place = new Place();
    const { stderr } = await place.run([], {
      isTTY: true,
      input: (screen) =>
        elevated(screen, async function* () {
          yield "sh -c 'trap \"\" INT; echo ready; exec sleep 987'\n";
          await screen.find(/^ready$/mu);
          screen.signal("SIGINT");
          screen.signal("SIGINT");
        }),
    });
    expect(stderr).toBe("[host] ended by SIGKILL\n");
  });

  test("ends the session at the prompt", async () => {
    using place = new Place();
    const { status } = await place.run([], {
      isTTY: true,
      input: (screen) =>
        elevated(screen, async function* () {
          await screen.find(/HOST execution is on/u);
          screen.signal("SIGTSTP");
          screen.signal("SIGINT");
          yield await new Promise<string>(() => {});
        }),
    });
    expect(status).toBe(130);
    expect(place.events().at(-1)).toBe("elevation.revoked: session ended");
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
  ] as const)("%s ends the session and the program that runs", async (signal, expected) => {
    using place = new Place();
    const { status } = await place.run([], {
      isTTY: true,
      input: (screen) =>
        elevated(screen, async function* () {
          yield sleeper;
          await screen.find(/^ready$/mu);
          screen.signal(signal);
        }),
    });
    expect(status).toBe(expected);
    expect(place.events().slice(-2)).toEqual(["elevation.revoked: session ended", "tool.exec.end: terminated"]);
    expect(await verifyLog(place.audit)).toMatchObject({ status: "intact" });
  });
});

describe("it is not opened, and one line says why,", () => {
  test("where the configuration that was named is not there", async () => {
    using place = new Place();
    place.config = place.path("none.json");
    const result = await place.run([]);
    expect(result).toEqual({ status: 2, stdout: "", stderr: `flynn: There is no configuration at ${place.config}\n` });
    expect(existsSync(place.audit)).toBe(false);
  });

  test("where it is not valid", async () => {
    using place = new Place({ elevation: { enabled: true, maxTtlMs: "10m" } });
    const result = await place.run([]);
    const stderr = `flynn: ${place.config}: elevation.maxTtlMs: Invalid input: expected number, received string\n`;
    expect(result).toEqual({ status: 2, stdout: "", stderr });
  });

  test("where others may write to it", async () => {
    using place = new Place();
    chmodSync(place.config, 0o666);
    const { status, stderr } = await place.run([]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^flynn: .* Run: chmod go-w .*\n$/u) as unknown });
  });

  test("where it lies in the workspace", async () => {
    using place = new Place();
    const { status, stderr } = await place.run(["--workspace", place.path(".")]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^flynn: .* lies in the workspace .*\n$/u) as unknown });
  });

  test("where there is no folder for the log", async () => {
    const { status, stderr } = await runCommand(["elevate"]);
    expect(status).toBe(2);
    expect(stderr).toContain("error: there is no folder for the audit log; give --state-dir, or set FLYNN_STATE_DIR or HOME");
  });

  test("where others get at the log", async () => {
    using place = new Place();
    mkdirSync(place.audit, { recursive: true });
    chmodSync(place.audit, 0o755);
    const { status, stderr } = await place.run([]);
    expect({ status, stderr }).toEqual({ status: 4, stderr: expect.stringMatching(/^flynn: .* Run: chmod 700 .*\n$/u) as unknown });
  });

  test("where another session has the log", async () => {
    using place = new Place();
    const log = await AuditLog.open(place.audit);
    const { status, stderr } = await place.run([]);
    await log.close();
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/^flynn: The audit log is already written by process .*\n$/u) as unknown,
    });
    expect((await place.run([])).status).toBe(0);
  });
});

test("a workspace that is none is told, and nothing runs in the sandbox", async () => {
  using place = new Place();
  const { status, stderr } = await place.run(["--workspace", "/usr"], { input: ["true"] });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^flynn: nothing runs in the sandbox: the workspace \/usr belongs to the system; .*\n\[refused\] (?:BAD_WORKSPACE|NO_SANDBOX): .*\n$/u,
  );
});

test("the help says what a line may be, and that it is off unless it is switched on", async () => {
  const { status, stdout } = await runCommand(["elevate", "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("/elevate confirm <code>");
  expect(stdout).toContain("Elevation is off unless");
});
