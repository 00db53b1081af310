import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, TOOLS, callOf, codeOf, isPendingFor, someone, turnOf } from "./gate-in-case.ts";

const AFTER_REVOKE =
  "Let `revoke` end the grant that `own` names, and look for a live grant in each call anew; an answer that is remembered outlives it.";

export const elevatingCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-001/confirmed-with-its-code",
    requirement: "ELV-001",
    title: "asks for a grant, confirms it with its code, and checks and acquires a call of it and one of another session",
    isolation: "shared",
    expects: ["pending", "active", "host", "granted", "another session"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const requested = await gate.request(person, { tools: [TOOLS[0]] });
      context.check("pending", isPendingFor(person, requested), {
        did: "asked for a grant that the policy allows",
        expected: "OK_PENDING with a challenge, and the grant in `grants`",
        got: shown(requested),
      });
      const code = requested.ok ? await gate.instance.reveal(requested.value.challenge) : "";
      const confirmed = await gate.confirm(person, code);
      context.check("active", codeOf(confirmed) === "OK_ACTIVE", {
        did: "confirmed it with the code of its challenge",
        expected: "OK_ACTIVE",
        got: shown(confirmed),
      });
      const call = callOf(context.random);
      const verdict = await gate.check(turnOf(person), call);
      const grantId = requested.ok ? requested.value.grants[0]?.grantId : undefined;
      const isHost = verdict.ok && verdict.value.decision === "host" && verdict.value.tool === call.tool;
      context.check("host", isHost && verdict.value.grantId === grantId, {
        did: "checked a call of the agent's turn",
        expected: `the decision host, with the grant ${grantId}`,
        got: shown(verdict),
      });
      const checkedDigest = verdict.ok ? verdict.value.callDigest : "";
      const acquired = await gate.acquire(turnOf(person), { call, checkedDigest });
      context.check("granted", acquired.ok && acquired.value.code === "GRANTED" && acquired.value.leaseId !== null, {
        did: "acquired the call that was checked",
        expected: "GRANTED with a lease",
        got: shown(acquired),
      });
      const other = await gate.decision(someone(context.random));
      context.check("another session", other === "sandbox", {
        did: "checked a call of somebody who never asked",
        expected: "the decision sandbox",
        got: other,
      });
    },
  }),
  defineCase({
    id: "ELV-001/two-checks-at-once",
    requirement: "ELV-001",
    title: "checks calls of two people at the same time, one of whom has a grant",
    isolation: "shared",
    expects: ["each its own"],
    run: async (context) => {
      const [stranger, person] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [stranger, person]);
      await gate.elevate(person, { tools: [TOOLS[1]] });
      const calls = [
        { who: turnOf(stranger), call: callOf(context.random, TOOLS[0]) },
        { who: turnOf(person), call: callOf(context.random, TOOLS[1]) },
      ];
      const pending = calls.map(({ who, call }) => gate.instance.begin<{ tool: string; decision: string }>("check", [who, call]));
      const answers = await Promise.all(pending.map(({ answer }) => answer));
      const isMixedUp = answers.some((answer, index) => answer.ok && answer.value.tool !== calls[index]?.call.tool);
      const did = `checked a call of ${TOOLS[0]} without a grant and one of ${TOOLS[1]} with one at the same time`;
      context.control("WIRE-004", !isMixedUp, {
        did,
        expected: "each answer under the id of its request",
        got: answers.map(shown).join(" and "),
      });
      const [first, second] = answers.map((answer) => (answer.ok ? answer.value.decision : answer.error.code));
      context.check("each its own", first === "sandbox" && second === "host", {
        did,
        expected: "sandbox and host",
        got: `${first} and ${second}`,
      });
    },
  }),
  defineCase({
    id: "ELV-002/never-asked",
    requirement: "ELV-002",
    title: "checks and acquires calls without a grant, before and after somebody else has one",
    isolation: "shared",
    expects: ["check before", "acquire before", "check beside", "acquire beside", "after it was revoked", "acquire after it was revoked"],
    run: async (context) => {
      const person = someone(context.random);
      const other = someone(context.random);
      const gate = await Gate.open(context, [person, other]);
      const look = async (when: "before" | "beside", who: typeof person): Promise<void> => {
        const call = callOf(context.random);
        const verdict = await gate.check(turnOf(who), call);
        const isSandbox = verdict.ok && verdict.value.decision === "sandbox" && verdict.value.why === "NOT_ELEVATED";
        context.check(`check ${when}`, isSandbox, {
          did: "checked a call without a grant",
          expected: "sandbox, NOT_ELEVATED",
          got: shown(verdict),
        });
        const acquired = await gate.acquire(turnOf(who), { call, checkedDigest: verdict.ok ? verdict.value.callDigest : "" });
        context.check(`acquire ${when}`, codeOf(acquired) === "DENIED_NOT_ELEVATED", {
          did: "acquired a call without a grant",
          expected: "DENIED_NOT_ELEVATED",
          got: shown(acquired),
        });
      };
      await look("before", person);
      await gate.elevate(other);
      const elevated = await gate.acquisition(turnOf(other));
      context.control("ELV-001", elevated === "GRANTED", { did: "acquired a call with a grant", expected: "GRANTED", got: elevated });
      await look("beside", person);
      // The same call before and after, because a verdict is not to be remembered.
      const call = gate.anyCall();
      const before = await gate.decision(turnOf(other), call.tool, call);
      context.control("ELV-001", before === "host", { did: "checked a call with a grant", expected: "host", got: before });
      await gate.revoke(other);
      const decision = await gate.decision(turnOf(other), call.tool, call);
      context.check("after it was revoked", decision === "sandbox", {
        did: "checked the same call after the grant was revoked",
        expected: "sandbox",
        got: decision,
        next: AFTER_REVOKE,
      });
      const acquisition = await gate.acquisition(turnOf(other));
      context.check("acquire after it was revoked", acquisition === "DENIED_NOT_ELEVATED", {
        did: "acquired a call after the grant was revoked",
        expected: "DENIED_NOT_ELEVATED",
        got: acquisition,
        next: AFTER_REVOKE,
      });
    },
  }),
  defineCase({
    id: "ELV-003/not-confirmed",
    requirement: "ELV-003",
    title: "asks for a grant and uses its tools without confirming, and then confirms",
    isolation: "shared",
    expects: ["check", "acquire"],
    run: async (context) => {
      const person = someone(context.random);
      const gate = await Gate.open(context, [person]);
      const { code } = await gate.pending(person);
      for (const who of [person, turnOf(person)]) {
        const isFirst = who === person;
        const decision = isFirst ? await gate.decision(who) : await gate.acquisition(who);
        context.check(isFirst ? "check" : "acquire", decision === (isFirst ? "sandbox" : "DENIED_NOT_ELEVATED"), {
          did: `${isFirst ? "checked" : "acquired"} a call while the request waits for its code`,
          expected: isFirst ? "sandbox" : "DENIED_NOT_ELEVATED",
          got: decision,
        });
      }
      await gate.confirm(person, code);
      const after = await gate.decision(person);
      context.control("ELV-001", after === "host", { did: "confirmed and checked again", expected: "host", got: after });
    },
  }),
  defineCase({
    id: "ELV-018/denied",
    requirement: "ELV-018",
    title: "denies a pending request, tries its code, and denies again",
    isolation: "shared",
    expects: ["denied", "code", "sandbox", "nothing left", "another session's", "an active one"],
    run: async (context) => {
      const person = someone(context.random);
      const elsewhere = { ...person, sessionId: `ses-${context.random.word()}` };
      const gate = await Gate.open(context, [person]);
      const { code } = await gate.pending(person);
      const other = await gate.pending(elsewhere);
      const denied = await gate.deny(person);
      context.check("denied", codeOf(denied) === "OK_DENIED", {
        did: "denied a pending request",
        expected: "OK_DENIED",
        got: shown(denied),
      });
      const confirmed = await gate.confirm(person, code);
      context.check("code", confirmed.ok && confirmed.value.code !== "OK_ACTIVE", {
        did: "confirmed the denied request with its code",
        expected: "anything but OK_ACTIVE",
        got: shown(confirmed),
      });
      const decision = await gate.decision(person);
      context.check("sandbox", decision === "sandbox", { did: "checked a call after that", expected: "sandbox", got: decision });
      const again = await gate.deny(person);
      context.check("nothing left", codeOf(again) === "E_NO_PENDING", {
        did: "denied once more",
        expected: "E_NO_PENDING",
        got: shown(again),
      });
      const kept = await gate.confirm(elsewhere, other.code);
      context.check("another session's", codeOf(kept) === "OK_ACTIVE", {
        did: "confirmed the request of another session of the same principal, which was not denied",
        expected: "OK_ACTIVE",
        got: shown(kept),
      });
      const late = await gate.deny(elsewhere);
      const active = await gate.decision(elsewhere);
      context.check("an active one", codeOf(late) === "E_NO_PENDING" && active === "host", {
        did: "denied where the grant is active already, which is for `revoke`",
        expected: "E_NO_PENDING, and host as before",
        got: `${shown(late)}, and ${active}`,
      });
    },
  }),
];
