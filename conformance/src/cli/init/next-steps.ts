import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import type { ContractDefinition } from "@flynn/sdk/wire";

import { rootRequirement } from "../../judge/root-requirement.ts";
import { nextCommands } from "../../report/next-commands.ts";
import { programName } from "../../report/program-name.ts";
import { shellQuote } from "../../report/shell-quote.ts";
import { suiteVersion } from "../version.ts";
import type { Scaffold } from "./scaffold.ts";

/** The commands that come next, as they can be typed in the current folder. */
export function nextSteps(contract: ContractDefinition, folder: string, scaffold: Scaffold): readonly string[] {
  const subject = resolve(folder) === process.cwd() ? "" : ` ${namedSubject(contract, folder, scaffold)}`;
  const root = rootRequirement(contract)?.id ?? "a requirement";
  return [
    ...installation(folder, scaffold),
    ...nextCommands([
      [`${programName()} smoke${subject}`, "do the suite and the subject understand each other?"],
      [`${programName()}${subject}`, `judge it: ${root} fails, and the output says what to do`],
    ]),
    `The TODOs in ${scaffold.path} name the requirement that will ask for each of them.`,
  ];
}

/** How the command line names it where the configuration of the current folder does not. */
function namedSubject({ name }: ContractDefinition, folder: string, { path, subject }: Scaffold): string {
  const inFolder = join(relative(process.cwd(), resolve(folder)), path);
  if (typeof subject !== "string") return `${name} -- ${[...subject.command.slice(0, -1), inFolder].map(shellQuote).join(" ")}`;
  return `${name} ${shellQuote(inFolder.startsWith(".") ? inFolder : `./${inFolder}`)}`;
}

/** A module imports the SDK; where the folder does not find it, it must be installed first. */
function installation(folder: string, { subject, files }: Scaffold): readonly string[] {
  if (typeof subject !== "string" || findsTheSdk(resolve(folder))) return [];
  const manager = (process.env["npm_config_user_agent"] ?? "").startsWith("pnpm/") ? "pnpm" : "npm";
  const isListed = files.some(({ path }) => path === "package.json");
  const packages = ["@flynn/conformance", "@flynn/sdk"].map((name) => `${name}@${suiteVersion()}`).join(" ");
  const install = isListed ? `${manager} install` : `${manager} install --save-dev ${packages}`;
  return ["first:", `    ${resolve(folder) === process.cwd() ? install : `(cd ${shellQuote(folder)} && ${install})`}`];
}

/** As an import looks for it. `require.resolve` also looks where NODE_PATH says, and an import does not. */
function findsTheSdk(folder: string): boolean {
  const isThere = existsSync(join(folder, "node_modules", "@flynn", "sdk"));
  return isThere || (dirname(folder) !== folder && findsTheSdk(dirname(folder)));
}
