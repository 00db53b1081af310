import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { exerciseAsControl } from "./exercise.ts";
import { probeUnknowns } from "./unknown-requests.ts";

/** The cases of the WIRE rows for one contract. The rows that have none are judged from what every session shows. */
export function wireCases(suite: SuiteDefinition): readonly CaseDefinition[] {
  return [
    defineCase({
      id: "WIRE-001/open-close-open",
      requirement: "WIRE-001",
      title: "opens an instance, closes it, and opens another one in the same process",
      isolation: "shared",
      expects: ["opened twice"],
      run: async (context) => {
        const first = await context.open();
        await first.close();
        const second = await context.open();
        await second.close();
        context.check("opened twice", true, { did: "opened and closed two instances", expected: "both open", got: "both did" });
      },
    }),
    defineCase({
      id: "WIRE-004/two-at-once",
      requirement: "WIRE-004",
      title: "uses two instances at the same time, so that answers may come in any order",
      isolation: "shared",
      expects: ["each its own answer"],
      run: async (context) => {
        const instances = [await context.open(), await context.open()];
        for (const instance of instances) await exerciseAsControl(suite, context, instance);
        const outcomes = await Promise.allSettled(instances.map((instance) => suite.exercise(context, instance)));
        const failed = outcomes.find((outcome) => outcome.status === "rejected");
        const got = failed ? `one after the other that works, at once it does not: ${(failed.reason as Error).message}` : "that";
        const next = "Answer each request under the id that it came with, also when a later one is done first.";
        context.check("each its own answer", failed === undefined, {
          did: "used two instances at once",
          expected: "what each of them was asked for",
          got,
          next,
        });
      },
    }),
    defineCase({
      id: "WIRE-009/exits-after-use",
      requirement: "WIRE-009",
      title: "uses an instance in a process of its own, sends `shutdown`, closes stdin and waits for the exit",
      isolation: "process",
      expects: ["was used"],
      run: async (context) => {
        await exerciseAsControl(suite, context, await context.open());
        // The exit itself is watched by the session, as it is for every process that the suite starts.
        context.check("was used", true, { did: "used an instance", expected: "its answers", got: "its answers" });
      },
    }),
    probeUnknowns(suite),
  ];
}
