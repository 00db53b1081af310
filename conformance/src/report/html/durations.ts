/** `0.4 ms`, `35 ms`, `1.25 s`, `2 min 5 s`: as exact as it is of use. */
export function duration(ms: number): string {
  if (ms < 10) return `${trimmed(ms, 1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimmed(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** With its sign, to the millisecond: virtual time moves by exact amounts, in both directions. */
export function signedSeconds(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${Math.abs(ms) / 1_000} s`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
