import { BadSubject } from "../diagnosis/bad-subject.ts";
import { ProcessTransport } from "../wire/process-transport.ts";
import type { Transport } from "../wire/transport.ts";
import type { Driver, StartOptions, SubjectFault } from "./driver.ts";
import { withoutFileOverride } from "./unprivileged.ts";

/** Any command that speaks the wire on stdin and stdout. */
export class StdioDriver implements Driver {
  readonly name = "stdio";
  readonly subject: string;
  readonly command: readonly string[];
  readonly #fault: SubjectFault;
  readonly #folder: string | undefined;

  /** `folder` is where the command runs; the current one where it is left out. */
  constructor(command: readonly string[], fault: SubjectFault = {}, folder?: string) {
    this.#folder = folder;
    this.command = command;
    this.#fault = fault;
    this.subject = `-- ${command.join(" ")}`;
  }

  get isolated(): Driver {
    return this;
  }

  async start(options: StartOptions = {}): Promise<Transport> {
    const given = this.command;
    const [command, ...args] = options.unprivileged ? withoutFileOverride(given) : given;
    if (command === undefined)
      throw new BadSubject(
        "command-not-found",
        "There is no command after --",
        "Write the command that starts the subject, such as -- python3 scanner.py",
      );
    try {
      const transport = await ProcessTransport.start({ command, args, ...(this.#folder === undefined ? {} : { cwd: this.#folder }) });
      return this.#fault.transport?.(transport) ?? transport;
    } catch (error) {
      throw startFailure(command, error);
    }
  }
}

export function startFailure(command: string, error: unknown): BadSubject {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EACCES") {
    return new BadSubject(
      "command-not-executable",
      `${command} cannot be executed (EACCES)`,
      `Make it executable, or start it with its interpreter: -- python3 ${command}`,
      { cause: error },
    );
  }
  return new BadSubject(
    "command-not-found",
    `${command} could not be started (${code || String(error)})`,
    "Check the spelling, and that it is on the PATH or given with its path.",
    { cause: error },
  );
}
