import type { Hello } from "@flynn/sdk/wire";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { suiteNamed, suites } from "./suites.ts";

/** What a subject offers and this suite knows. Throws {@link BadSubject} where that is nothing. */
export function offeredSuites(hello: Hello): readonly SuiteDefinition[] {
  const keys = Object.keys(hello.contracts);
  const known = keys.flatMap((key) => suiteNamed(key) ?? []);
  if (known.length > 0) return known;
  throw new BadSubject(
    "contract-missing",
    `The subject offers ${keys.join(", ") || "no contract"}, and this suite knows none of it`,
    `This suite judges ${suites.map((suite) => suite.contract.name).join(", ")}.`,
  );
}
