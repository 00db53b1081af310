/** How a subject's process ended. In-process subjects end with code 0, or with 1 where they threw what nobody caught. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether something of the subject's was still running after it: a child that kept its group or its output open. */
  readonly leftOrphan: boolean;
}

export interface TransportListener {
  /** One whole line of stdout, without the line feed. */
  line(text: string): void;
  stderr(text: string): void;
  exit(status: ExitStatus): void;
}

/** A line of communication with one running subject. */
export interface Transport {
  listen(listener: TransportListener): void;
  send(line: string): void;
  /** No more lines will be sent: the subject's stdin ends. */
  endInput(): void;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  /** What stdout holds after its last line feed. */
  unfinishedLine(): string;
  readonly exited: Promise<ExitStatus>;
}
