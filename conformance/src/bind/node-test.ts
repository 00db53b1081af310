import { describe, it } from "node:test";

import { bindCases } from "./bind-cases.ts";
import type { BindOptions } from "./bind-cases.ts";

export type { BindOptions } from "./bind-cases.ts";

/** Turns the requirements of a contract into tests of the calling node:test file. */
export function bindNodeTest(options: BindOptions): void {
  bindCases(
    { describe, it: (name, body) => it(name, { timeout: 120_000 }, (context) => body({ skip: (reason) => context.skip(reason) })) },
    options,
  );
}
