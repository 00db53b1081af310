import { tmpdir } from "node:os";

import * as z from "zod";

import type { Driver } from "../drivers/driver.ts";
import { programName } from "../report/program-name.ts";
import { shellQuote } from "../report/shell-quote.ts";
import { helloParams } from "../wire/greeting.ts";
import { jsonOrUndefined } from "../wire/json-text.ts";

/** A line that is longer would hide the rest of the message. */
const LONGEST_COMMAND = 3_000;

const requestSchema = z.looseObject({
  id: z.union([z.number(), z.string()]),
  method: z.string(),
  params: z.looseObject({ method: z.string().optional() }),
});

/**
 * A line for a POSIX shell that shows a step without the suite: hello, and the requests that the step names, as `sent` holds
 * them. What takes a while to answer must not find stdin closed, hence the pause.
 */
export function byHand(driver: Driver, frames: readonly string[], sent: readonly string[], suiteVersion: string): string {
  const hello = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "hello", params: helloParams(suiteVersion) });
  const requests = frames.flatMap((frame) => sent.find((line) => isRequest(line, frame)) ?? []).map(inAnyFolder);
  const words = [hello, ...requests].map((line) => `'${line.replaceAll("'", `'\\''`)}'`).join(" ");
  const subject = driver.command
    ? driver.command.map(shellQuote).join(" ")
    : `${programName()} host ${shellQuote(driver.subject.includes("/") ? driver.subject : `./${driver.subject}`)}`;
  const line = requests.length === 0 ? `printf '%s\\n' ${words} | ${subject}` : `{ printf '%s\\n' ${words}; sleep 1; } | ${subject}`;
  if (line.length > LONGEST_COMMAND) return byHand(driver, [], [], suiteVersion);
  return frames.includes("shutdown") ? `${line}; echo "exit status $?"` : line;
}

/** `open`, `close`, `shutdown`, or `call scan`. */
function isRequest(line: string, frame: string): boolean {
  const parsed = requestSchema.safeParse(jsonOrUndefined(line));
  if (!parsed.success) return false;
  const { method, params } = parsed.data;
  return frame === (method === "call" ? `call ${params.method ?? ""}` : method);
}

/** The folder of the run is gone by the time that somebody reads this. */
function inAnyFolder(line: string): string {
  return line.replaceAll(/"[^"]*\/flynn-case-[^"/]*(?:\/subject-\d+(?="))?/gu, `"${tmpdir()}`);
}
