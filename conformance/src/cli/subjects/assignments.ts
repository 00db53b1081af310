import { startSession } from "../../judge/session-pool.ts";
import { offeredSuites } from "../../registry/offered-suites.ts";
import { DEFAULT_BOUNDS } from "../../wire/bounds.ts";
import { suiteVersion } from "../version.ts";
import type { Assignment, resolveSubjects } from "./resolve-subjects.ts";

/** What is to be judged: the contracts that were named, or else all that the subject offers and this suite knows. */
export async function assignmentsOf({ driver, suites, configured }: ReturnType<typeof resolveSubjects>): Promise<readonly Assignment[]> {
  if (!driver) return configured;
  if (suites.length > 0) return suites.map((suite) => ({ suite, driver }));
  const session = await startSession(driver, DEFAULT_BOUNDS, suiteVersion());
  const { hello } = session;
  await session.end();
  return offeredSuites(hello).map((suite) => ({ suite, driver }));
}
