import { spawn } from "node:child_process";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { specimenContract } from "@flynn/conformance/specimen";
import { frameSchema, hostNotifications, hostRequests, subjectNotifications, subjectRequests } from "@flynn/sdk/wire";
import { expect, test } from "vitest";
import type { z } from "zod";

import { wireExample } from "./wire-example.ts";
import type { ExampleLine } from "./wire-example.ts";

const root = resolve(import.meta.dirname, "../..");

type Loose = Readonly<Record<string, unknown>>;

const requests: Readonly<Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>> = {
  ...hostRequests,
  ...subjectRequests,
};
const notifications: Readonly<Record<string, z.ZodType>> = { ...hostNotifications, ...subjectNotifications };

test("each line is a frame, and its params and result match the schemas of the wire and of the contract", () => {
  const asked = new Map<unknown, Loose>();
  for (const { frame } of wireExample) {
    expect(frameSchema.safeParse(frame).error, JSON.stringify(frame)).toBeUndefined();
    const line = frame as unknown as Loose;
    if (typeof line["method"] === "string" && "id" in line) asked.set(line["id"], line);
    const schema = schemaOf(line, asked);
    if (schema) expect(schema.safeParse(line["params"] ?? line["result"]).error, JSON.stringify(frame)).toBeUndefined();
  }
});

function schemaOf(line: Loose, asked: ReadonlyMap<unknown, Loose>): z.ZodType | undefined {
  if (typeof line["method"] === "string") {
    if (!("id" in line)) return notifications[line["method"]];
    return line["method"] === "frobnicate" ? undefined : requests[line["method"]]?.params;
  }
  if ("error" in line) return undefined;
  const request = asked.get(line["id"]);
  const method = (request?.["params"] as Loose | undefined)?.["method"];
  const isPlainCall = request?.["method"] === "call" && specimenContract.methods[String(method)]?.kind === "call";
  if (request?.["method"] === "host.port") return specimenContract.ports["accept"]?.value;
  return isPlainCall ? specimenContract.methods[String(method)]?.value : requests[String(request?.["method"])]?.result;
}

test("an implementation says what the example shows, line by line", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "flynn-wire-example-"));
  const fill = (line: ExampleLine): string => JSON.stringify(line.frame).replace("<dir>", folder.path);
  const child = spawn(
    process.execPath,
    ["--conditions=@flynn/source", join(root, "conformance/src/host/main.ts"), join(root, "conformance/specimen/exemplar.ts")],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    for (const line of wireExample) {
      if (line.from === "host") child.stdin.write(`${fill(line)}\n`);
      else expect(settled(JSON.parse((await said.next()).value ?? "null"))).toEqual(line.frame);
    }
    child.stdin.end();
    expect(await exited).toBe(0);
    expect((await said.next()).done).toBe(true);
  } finally {
    child.kill("SIGKILL");
  }
});

/** What differs from run to run stands in the example as a name. */
function settled(frame: unknown): unknown {
  const text = JSON.stringify(frame)
    .replace(/("\$secret":"subject-1","fingerprint":)"[0-9a-f]+"/u, '$1"<fingerprint>"')
    .replace(/"value":"[0-9a-f]{64}"/u, '"value":"<token>"');
  return JSON.parse(text);
}
