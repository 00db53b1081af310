import type { Transport } from "../wire/transport.ts";

/** Faults to put between the suite and a subject, for the suite's own proof. */
export interface SubjectFault {
  /** Runs in the process that hosts the module: the path of a fault module and the id of the fault in it. */
  readonly wrap?: { readonly module: string; readonly id: string };
  /** Replaces text in a source file as it is loaded. */
  readonly patch?: { readonly module: string; readonly id: string };
  /** Sits on the wire, on the suite's side. */
  readonly transport?: (inner: Transport) => Transport;
}

export interface StartOptions {
  /** Without the right to read what file permissions forbid. */
  readonly unprivileged?: boolean;
}

/** A way to run subjects. Each start is a new process, or a new server of the same module. */
export interface Driver {
  readonly name: "child" | "stdio" | "in-process";
  /** What was given on the command line, for reports. */
  readonly subject: string;
  /** The words of the command, where the subject is one. */
  readonly command?: readonly string[];
  start(options?: StartOptions): Promise<Transport>;
  /** For cases with `isolation: "process"`; undefined where the subject cannot be given a process of its own. */
  readonly isolated: Driver | undefined;
}
