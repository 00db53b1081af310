import { describe, it } from "vitest";

import { bindCases } from "./bind-cases.ts";
import type { BindOptions } from "./bind-cases.ts";

export type { BindOptions } from "./bind-cases.ts";

/** Turns the requirements of a contract into tests of the calling vitest file. */
export function bindVitest(options: BindOptions): void {
  bindCases(
    { describe, it: (name, body) => it(name, { timeout: 120_000 }, ({ skip }) => body({ skip: (reason) => skip(reason) })) },
    options,
  );
}
