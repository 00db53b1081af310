import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { Opened } from "../../judge/opened.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { exerciseAsControl } from "./exercise.ts";
import type { RpcAnswer } from "../../wire/rpc-answer.ts";

export function probeUnknowns(suite: SuiteDefinition): CaseDefinition {
  return defineCase({
    id: "WIRE-010/unknown-requests",
    requirement: "WIRE-010",
    title: "asks for what the subject does not know and for what is over, then uses the instance again",
    isolation: "process",
    expects: ["unknown request", "unknown method", "unknown instance", "closed instance", "still in use"],
    run: async (context) => {
      const instance = await context.open();
      if (!(instance instanceof Opened)) throw new TypeError("The probe needs the session behind the instance");
      const { session } = instance;
      await exerciseAsControl(suite, context, instance);
      const closed = await context.open();
      await closed.close();
      if (!(closed instanceof Opened)) throw new TypeError("The probe needs the name of the instance");
      const [anyMethod = ""] = Object.keys(suite.contract.methods);
      const word = context.random.word();
      const probes = [
        ["unknown request", `sent the request \`${word}\``, word, {}],
        ["unknown method", `called the method \`${word}\``, "call", { instance: instance.name, method: word, args: [] }],
        [
          "unknown instance",
          `called an instance \`${word}\` that was never opened`,
          "call",
          { instance: word, method: anyMethod, args: [] },
        ],
        ["closed instance", "called an instance after it was closed", "call", { instance: closed.name, method: anyMethod, args: [] }],
      ] as const;
      for (const [name, did, method, params] of probes) {
        const answer = await session.request(method, params);
        context.check(name, "error" in answer, { did, expected: "a JSON-RPC error", got: shown(answer) });
      }
      session.notify(word, {});
      // A cancel can cross the response of its call on the wire, so that it comes for a call that is over.
      session.cancel(word, "abort");
      await suite.exercise(context, instance);
      context.check("still in use", true, { did: "used the instance after that", expected: "its answers", got: "its answers" });
    },
  });
}

function shown(answer: RpcAnswer): string {
  return "error" in answer ? `the error ${answer.error.code}` : `the result ${JSON.stringify(answer.result).slice(0, 100)}`;
}
