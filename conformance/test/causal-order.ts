import type { CaseReport } from "../src/report/report-schema.ts";

type Members = Readonly<Record<string, unknown>>;

/** What was said in one exchange, by direction: a request, what belongs to it, and its response. */
export interface Exchange {
  readonly toSubject: readonly string[];
  readonly fromSubject: readonly string[];
}

/** Members that name something that a run makes up as it goes. */
const NAMED = ["id", "call", "instance", "fingerprint", "dir"];

/**
 * What caused what on the wire in one case: for each instance, in the order in which it was first spoken of, its exchanges, in
 * the order in which each side began them. Between exchanges that are under way at the same time there is no order, nor between
 * the directions of one of them, where frames pass each other.
 */
export function causalOrder(judged: CaseReport): Readonly<Record<string, readonly Exchange[]>> {
  const exchanges = new Map<string, { readonly group: string; readonly toSubject: string[]; readonly fromSubject: string[] }>();
  const instances = new Map<unknown, string>();
  for (const { direction, text } of judged.transcript ?? []) {
    if (direction === "stderr") continue;
    // JSON.parse: frames of the suite's own transcript.
    const frame = text.startsWith("{") ? (JSON.parse(text) as Members) : { result: text };
    const params = (frame["params"] ?? {}) as Members;
    const id = params["call"] ?? frame["id"];
    const instance = (params["instance"] as string | undefined) ?? instances.get(id) ?? "none";
    if (id !== undefined) instances.set(id, instance);
    // Ids of the host are numbers and those of the subject texts, so each side's exchanges stand in a group of their own.
    const key = `${instance} ${typeof id} ${JSON.stringify(id)}`;
    const exchange = exchanges.get(key) ?? { group: `${instance} ${typeof id}`, toSubject: [], fromSubject: [] };
    exchanges.set(key, exchange);
    exchange[direction === "to-subject" ? "toSubject" : "fromSubject"].push(JSON.stringify(withoutNames(frame)));
  }
  const groups = Map.groupBy(exchanges.values(), ({ group }) => group);
  const plain = [...groups.values()].map((members) => members.map(({ toSubject, fromSubject }) => ({ toSubject, fromSubject })));
  return Object.fromEntries(plain.entries());
}

function withoutNames(value: unknown, member = ""): unknown {
  if (NAMED.includes(member) && typeof value !== "object") return `<${member}>`;
  // Messages say which instance they are about.
  if (typeof value === "string") return value.replaceAll(/\bi\d+\b/gu, "<instance>");
  if (Array.isArray(value)) return value.map((element) => withoutNames(element));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withoutNames(below, key)]));
}
