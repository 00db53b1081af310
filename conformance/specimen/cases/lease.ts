import type { CaseContext } from "../../src/judge/case-context.ts";
import type { OpenInstance, PortHandler } from "../../src/judge/open-instance.ts";
import { shown } from "../../src/judge/shown.ts";
import type { JournalPart, LeaseStatus } from "../schema.ts";

export interface Lease {
  readonly leaseId: string;
  readonly resource: string;
  readonly ticket: string;
  readonly token: unknown;
}

/** A host that accepts everything and hands out this ticket. */
export function acceptsWith(ticket: string): PortHandler {
  return () => ({ value: { accepted: true, ticket } });
}

/** A host that hands out a new ticket each time and remembers them, which no subject can guess. */
export function ticketing(context: CaseContext): { readonly tickets: string[]; readonly accept: PortHandler } {
  const tickets: string[] = [];
  const accept: PortHandler = () => {
    const ticket = context.random.word(16);
    tickets.push(ticket);
    return { value: { accepted: true, ticket } };
  };
  return { tickets, accept };
}

/** A lease that is held; everything that needs one stands on LEASE-001. */
export async function acquireHeld(context: CaseContext, instance: OpenInstance, ttlMs: number): Promise<Lease> {
  const resource = context.random.word();
  const answer = await instance.ask<Lease>("acquire", { resource, ttlMs });
  context.control("LEASE-001", answer.ok && answer.value.resource === resource, {
    did: `acquired ${resource} for ${ttlMs} ms`,
    expected: `a lease on ${resource}`,
    got: shown(answer),
  });
  if (!answer.ok) throw new Error("unreachable: the control did not hold");
  const status = await statusOf(instance, answer.value.leaseId);
  context.control("LEASE-001", status.held, { did: "asked for its status", expected: "held", got: shown(status) });
  return answer.value;
}

export async function statusOf(instance: OpenInstance, leaseId: string): Promise<LeaseStatus> {
  const answer = await instance.ask<LeaseStatus>("status", { leaseId });
  return answer.ok ? answer.value : { held: false, ticket: null, remainingMs: 0 };
}

export async function readJournal(instance: OpenInstance): Promise<JournalPart[]> {
  return instance.stream<JournalPart>("journal", [{ follow: false }]).rest();
}
