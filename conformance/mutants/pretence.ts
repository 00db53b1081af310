type Method = (...args: unknown[]) => unknown;

/** How an instance behaves that has a flag and not what it stands for. */
export interface Pretence {
  /** A fragment of what the first row says of it. */
  readonly message: string;
  readonly call: (method: Method, name: string, args: unknown[]) => unknown;
}
