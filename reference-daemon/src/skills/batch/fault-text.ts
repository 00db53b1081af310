/** A fault of the scanner, as it crosses from one thread to another. */
export function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
