export interface RunFlags {
  readonly seed?: string;
  readonly jobs?: number;
  readonly driver: "child" | "in-process";
  readonly only: readonly string[];
  readonly level?: "MUST" | "SHOULD";
  readonly capability: readonly string[];
  readonly report: readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly reason?: string;
  readonly issue?: string;
  readonly until?: string;
  readonly watch?: true;
  readonly watchFolder: readonly string[];
  readonly trace?: true;
  readonly acceptHostLimits?: true;
  readonly realClock?: true;
  readonly color: boolean;
}
