import { escapePath } from "@flynn/sdk/kernel";

const PLAIN = /^[ -[\]-~]*$/u;

/** `escapePath` for one name, with a short way for the plain ASCII names that nearly all names are. */
export function escapedName(name: Buffer): string {
  const text = name.toString("latin1");
  return PLAIN.test(text) ? text : escapePath(name);
}
