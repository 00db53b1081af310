import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, isPendingFor, someone } from "./gate-in-case.ts";

export const malformedCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-066/broken-arguments",
    requirement: "ELV-066",
    title: "calls every method with arguments that break their schemas, and then requests as it should be",
    isolation: "shared",
    negative: true,
    expects: [
      "an origin that there is not",
      "no principal",
      "an empty session",
      "a surface that there is not",
      "a principal that is a list",
      "a time to live in words",
      "no reason",
      "tools as one string",
      "a mode that there is not",
      "a code that is a number",
      "a target that there is not",
      "a call without arguments",
      "a digest that is none",
      "no call",
      "an outcome that there is not",
      "a session that is null",
      "nothing is audited",
    ],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const wish = { ttlMs: 60_000, reason: "restart nginx" };
      const call = gate.anyCall();
      const { principalId: _principalId, ...nobody } = person;
      const { argv: _argv, ...wordless } = call;
      const calls: Readonly<Record<string, readonly [string, ...unknown[]]>> = {
        "an origin that there is not": ["request", { ...person, origin: "root" }, wish],
        "no principal": ["request", nobody, wish],
        "an empty session": ["request", { ...person, sessionId: "" }, wish],
        "a surface that there is not": ["request", { ...person, surface: "telepathy" }, wish],
        "a principal that is a list": ["request", { ...person, principalId: [person.principalId] }, wish],
        "a time to live in words": ["request", person, { ...wish, ttlMs: "1m" }],
        "no reason": ["request", person, { ttlMs: 60_000 }],
        "tools as one string": ["request", person, { ...wish, tools: "exec" }],
        "a mode that there is not": ["request", person, { ...wish, mode: "forever" }],
        "a code that is a number": ["confirm", person, 12_345_678],
        "a target that there is not": ["revoke", person, "everything"],
        "a call without arguments": ["check", person, wordless],
        "a digest that is none": ["check", person, { ...call, environmentDigest: "none" }],
        "no call": ["acquire", person, { checkedDigest: "" }],
        "an outcome that there is not": ["release", { leaseId: "lease", outcome: "fine", exitCode: 0, signal: null }],
        "a session that is null": ["endSession", null],
      };
      for (const [name, [method, ...args]] of Object.entries(calls)) {
        const answer = await gate.instance.ask(method, ...args);
        context.check(name, !answer.ok && answer.error.code === "INVALID_REQUEST", {
          did: `called ${method} with ${name}`,
          expected: "the error INVALID_REQUEST",
          got: shown(answer),
        });
      }
      const requested = await gate.request(person);
      context.control("ELV-001", isPendingFor(person, requested), {
        did: "requested as it should be",
        expected: "OK_PENDING",
        got: shown(requested),
      });
      const isTold = await gate.audit.takes(({ type }) => type === "elevation.requested");
      context.sensor("the audit port", gate.audit.offered.length > 0);
      context.contrast("ELV-001", isTold, { did: "requested as it should be", expected: "elevation.requested", got: "no such event" });
      context.barrier("the event of that request");
      const stray = gate.audit.offered.map(({ type }) => type).filter((type) => !["gate.started", "elevation.requested"].includes(type));
      context.check("nothing is audited", stray.length === 0, {
        did: "read the events up to that of a request as it should be",
        expected: "gate.started and elevation.requested",
        got: stray.join(", "),
      });
    },
  }),
];
