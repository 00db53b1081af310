import type { Subject } from "@flynn/sdk/subject";

import { loadSubject } from "../host/load-subject.ts";
import { SubjectServer } from "../host/serve.ts";
import { MemoryTransport } from "../wire/memory-transport.ts";
import type { Transport } from "../wire/transport.ts";
import { ChildDriver } from "./child-driver.ts";
import type { Driver } from "./driver.ts";
import { asSubject } from "./subject-crashes.ts";

/** A module or an object, served in this process: quick, and good for a debugger. A subject that blocks, blocks the suite. */
export class InProcessDriver implements Driver {
  readonly name = "in-process";
  readonly subject: string;
  readonly isolated: Driver | undefined;
  readonly #load: () => Promise<Subject>;

  constructor(given: string | Subject) {
    this.subject = typeof given === "string" ? given : given.name;
    this.isolated = typeof given === "string" ? new ChildDriver(given) : undefined;
    this.#load = () => (typeof given === "string" ? loadSubject(given) : Promise.resolve(given));
  }

  async start(): Promise<Transport> {
    const transport = new MemoryTransport(asSubject);
    const subject = await asSubject(transport, this.#load);
    new SubjectServer(subject, transport.subjectEnd);
    return transport;
  }
}
