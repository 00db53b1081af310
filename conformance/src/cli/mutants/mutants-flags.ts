export interface MutantsFlags {
  readonly only: readonly string[];
  readonly part?: string;
  readonly jobs?: number;
  readonly seed?: string;
  readonly report: readonly string[];
}
