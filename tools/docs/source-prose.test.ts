import { expect, test } from "vitest";

import { sourceProse } from "./source-prose.ts";

const SOURCE = `
/** Milliseconds. */
export const limitsSchema = z
  .strictObject({
    /** Regular files. */
    files: count,
    plain: count,
    nested: z
      .strictObject({
        /**
         * Over two
         * lines.
         *
         * - a list
         * - of {@link Limits.two}
         */
        inner: count,
      })
      .optional(),
  })
  .meta({ id: "Limits" });

export const requests = {
  /** Moves the clock. */
  "clock.set": {
    params: z.strictObject({
      /** Who. */
      instance: name,
    }),
  },
  /** Dropped: it stands before no member. */
  ...more,
} as const;

export interface Scanner {
  /** Scans. */
  scan(request: Request): Promise<Result>;
  // Not a doc comment.
  rules(): Promise<Rule[]>;
}

export const union = z.union([
  /** Dropped: a variant has no name. */
  z.strictObject({ type: z.literal("a") }),
]);
`;

test("each doc comment is found under the path of what it stands before", () => {
  expect(Object.fromEntries(sourceProse(SOURCE))).toEqual({
    limitsSchema: "Milliseconds.",
    "limitsSchema.files": "Regular files.",
    "limitsSchema.nested.inner": "Over two lines.\n\n- a list\n- of `two`",
    "requests.clock.set": "Moves the clock.",
    "requests.clock.set.params.instance": "Who.",
    "Scanner.scan": "Scans.",
  });
});
