import { contractKey } from "@flynn/sdk/wire";

import type { Driver } from "../../drivers/driver.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { label } from "../../report/label.ts";
import { nextCommands } from "../../report/next-commands.ts";
import { printable } from "../../report/printable.ts";
import { programName } from "../../report/program-name.ts";
import { shellQuote } from "../../report/shell-quote.ts";
import type { Style } from "../../report/style.ts";
import { byHand } from "../../smoke/by-hand.ts";
import type { SmokeStep } from "../../smoke/smoke-step.ts";
import type { RootTried } from "../../smoke/try-root.ts";

const STATUS_WIDTH = 6;
const NAME_WIDTH = 44;

/** What `smoke` says, as lines. */
export class SmokeText {
  readonly #driver: Driver;
  readonly #style: Style;
  readonly #isConfigured: boolean;

  /** `isConfigured`: the configuration names the subject, so that a command need not. */
  constructor(driver: Driver, style: Style, isConfigured: boolean) {
    this.#driver = driver;
    this.#style = style;
    this.#isConfigured = isConfigured;
  }

  heading(named: readonly SuiteDefinition[]): readonly string[] {
    const contracts = named.length > 0 ? named.map(({ contract }) => contractKey(contract)).join(", ") : "whatever it offers";
    const how = this.#driver.name === "child" ? "" : `, ${this.#driver.name}`;
    return ["", `${this.#style.bold(contracts)} ${this.#style.dim(printable(`(${this.#driver.subject}${how})`))}`, ""];
  }

  /** Steps that were not tried are listed together, at the end. */
  step(step: SmokeStep): readonly string[] {
    if (step.status === "not tried") return [];
    const { red, green } = this.#style;
    const mark = step.status === "ok" ? green("ok".padEnd(STATUS_WIDTH)) : red("FAIL".padEnd(STATUS_WIDTH));
    const time = step.durationMs === undefined ? "" : `${(step.durationMs / 1_000).toFixed(2)} s`;
    const said = step.status === "ok" ? printable(step.note ?? "").replaceAll("\n", " ") : step.problem.reason;
    const line = `${mark}${step.name.padEnd(NAME_WIDTH)}${time.padEnd(8)}${said}`.trimEnd();
    if (step.status === "ok") return [line];
    const { expected, got, next } = step.problem;
    const members = [
      expected === undefined ? [] : [this.#label("expected", expected)],
      [this.#label("got", got)],
      [this.#label("next", next)],
    ];
    return [line, ...members.flat()];
  }

  afterSteps(steps: readonly SmokeStep[], sent: readonly string[], suiteVersion: string): readonly string[] {
    const left = steps.filter(({ status }) => status === "not tried").map(({ name }) => name);
    const failed = steps.find((step) => step.status === "FAIL");
    return [
      ...(left.length > 0 ? [`${this.#style.yellow("not tried:")} ${left.join("; ")}`] : []),
      "",
      ...(failed?.status === "FAIL"
        ? [`See “${failed.name}” by hand:`, `    ${printable(byHand(this.#driver, failed.problem.frames, sent, suiteVersion))}`, ""]
        : []),
    ];
  }

  broken(exitCode: 1 | 2, suites: readonly SuiteDefinition[]): readonly string[] {
    const what = {
      1: "The harness is not wired: what failed above is the wire, and not what the implementation does.",
      2: "What failed above comes before everything else, so that nothing is known of the implementation yet.",
    }[exitCode];
    return [this.#style.red(what), ...nextCommands([[this.#command("smoke", suites, ""), "once the first FAIL is mended"]]), ""];
  }

  root({ contract }: SuiteDefinition, tried: RootTried): readonly string[] {
    const { id } = tried.root;
    const { green, yellow, red } = this.#style;
    const [whole, alone] = ["", `--only ${id}`].map((only) => this.#command("", [{ contract }], only)) as [string, string];
    switch (tried.status) {
      case "holds":
        return [green(`The harness is wired; ${id} holds.`), ...nextCommands([[whole, "all requirements"]]), ""];
      case "does not hold":
        return [
          yellow(`The harness is wired; the implementation does not do ${id} yet:`),
          ...this.#observation(tried.check),
          ...nextCommands([
            [alone, "until it holds"],
            [whole, "then all requirements"],
          ]),
          "",
        ];
      case "broken":
        return [
          red(`The harness is not wired: ${id} could not be judged, because ${tried.by} fails once the subject is in use:`),
          ...this.#observation(tried.check),
          ...nextCommands([[`${alone} --trace`, "shows what crossed the wire"]]),
          "",
        ];
      case "not tried":
        return [
          yellow(`The harness is wired; ${id} was not tried: ${printable(tried.reason)}`),
          ...nextCommands([[alone, "tries it"]]),
          "",
        ];
      case "suite failed":
        return [red(`The suite itself failed at ${id}. Please report this: ${printable(tried.reason)}`), ""];
    }
  }

  #observation({
    did,
    expected,
    got,
    next,
  }: {
    readonly did: string;
    readonly expected: string;
    readonly got: string;
    readonly next?: string;
  }): readonly string[] {
    const members = { did, expected, got, ...(next === undefined ? {} : { next }) };
    return Object.entries(members).map(([name, text]) => this.#label(name, text));
  }

  #label(name: string, text: string): string {
    return label(name, text, this.#style);
  }

  #command(name: "" | "smoke", suites: readonly Pick<SuiteDefinition, "contract">[], only: string): string {
    const { name: driver, command, subject } = this.#driver;
    const words = [
      programName(),
      name,
      ...suites.map(({ contract }) => contract.name),
      this.#isConfigured || command ? "" : shellQuote(subject),
      only,
      driver === "in-process" ? "--driver in-process" : "",
      this.#isConfigured || !command ? "" : `-- ${command.map(shellQuote).join(" ")}`,
    ];
    return words.filter((word) => word !== "").join(" ");
  }
}
