import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";

import { BadSubject, badSubjectSchema } from "../diagnosis/bad-subject.ts";
import { jsonOrUndefined } from "../wire/json-text.ts";
import { ProcessTransport } from "../wire/process-transport.ts";
import type { Transport } from "../wire/transport.ts";
import type { Driver, StartOptions, SubjectFault } from "./driver.ts";
import { startFailure } from "./stdio-driver.ts";
import { withoutFileOverride } from "./unprivileged.ts";

/** The program that hosts a module; it has the ending that this file has, `.ts` in the workspace and `.js` in the package. */
const HOST_PROGRAM = fileURLToPath(new URL(`../host/main${import.meta.url.slice(-3)}`, import.meta.url));

/** A module, hosted in a process that can be killed. The default for a module. */
export class ChildDriver implements Driver {
  readonly name = "child";
  readonly subject: string;
  readonly #fault: SubjectFault;

  constructor(modulePath: string, fault: SubjectFault = {}) {
    this.subject = modulePath;
    this.#fault = fault;
  }

  get isolated(): Driver {
    return this;
  }

  async start(options: StartOptions = {}): Promise<Transport> {
    const command = [process.execPath, ...process.execArgv, HOST_PROGRAM, this.subject, ...faultArguments(this.#fault)];
    const [program = process.execPath, ...args] = options.unprivileged ? withoutFileOverride(command) : command;
    try {
      const transport = await ProcessTransport.start({ command: program, args, environment: compileCache() });
      return this.#fault.transport?.(transport) ?? transport;
    } catch (error) {
      throw startFailure(program, error);
    }
  }
}

/** Every case with a process of its own loads the same modules again. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

function faultArguments(fault: SubjectFault): readonly string[] {
  return [
    ...(fault.wrap ? ["--wrap", fault.wrap.module, fault.wrap.id] : []),
    ...(fault.patch ? ["--patch", fault.patch.module, fault.patch.id] : []),
  ];
}

/** What the host program prints on stderr when it cannot load the module, as JSON after this mark. */
export const BAD_SUBJECT_MARK = "flynn-bad-subject: ";

/** The diagnosis that the host program left, if it did. */
export function diagnosisFrom(stderr: string): BadSubject | undefined {
  const at = stderr.lastIndexOf(BAD_SUBJECT_MARK);
  if (at === -1) return undefined;
  const line = stderr.slice(at + BAD_SUBJECT_MARK.length).split("\n", 1)[0] ?? "";
  const left = badSubjectSchema.safeParse(jsonOrUndefined(line));
  return left.success ? new BadSubject(left.data.reason, left.data.message, left.data.next) : undefined;
}
