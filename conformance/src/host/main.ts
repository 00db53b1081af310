import { BadSubject } from "../diagnosis/bad-subject.ts";
import { BAD_SUBJECT_MARK } from "../drivers/child-driver.ts";
import type { SubjectLine } from "../wire/memory-transport.ts";
import { LineSplitter } from "../wire/line-splitter.ts";
import { applyFaults } from "./apply-faults.ts";
import { loadSubject } from "./load-subject.ts";
import { SubjectServer } from "./serve.ts";

/** What Node exits with when a module waits at its top level and nothing is left that could end the wait. */
const UNSETTLED_AWAIT_EXIT = 13;

/** Long enough for what is closing to close, short of the suite's own bound. */
const OPEN_HANDLE_REPORT_MS = 1_500;

const [modulePath = "", ...faultArguments] = process.argv.slice(2);

/** Frames go out through the function that stdout had before the subject could touch it. */
const write = process.stdout.write.bind(process.stdout);

function stdioLine(): SubjectLine {
  let onLine: (line: string) => void = () => undefined;
  let onEnd: () => void = () => undefined;
  const splitter = new LineSplitter((line) => onLine(line));
  process.stdin.on("data", (chunk: Buffer) => splitter.push(chunk));
  process.stdin.on("end", () => {
    onEnd();
    setTimeout(reportOpenHandles, OPEN_HANDLE_REPORT_MS).unref();
  });
  return {
    send: (line) => void write(`${line}\n`),
    onLine: (handler) => {
      onLine = handler;
    },
    onEnd: (handler) => {
      onEnd = handler;
    },
  };
}

function reportOpenHandles(): void {
  const open = process.getActiveResourcesInfo().filter((name) => !["PipeWrap", "TTYWrap"].includes(name));
  process.stderr.write(`Still open after shutdown: ${open.join(", ") || "nothing that Node knows of"}\n`);
}

/** What the suite reads from stderr in place of a hello. */
function tellWhy({ reason, message, next }: BadSubject): void {
  process.stderr.write(`${BAD_SUBJECT_MARK}${JSON.stringify({ reason, message, next })}\n`);
}

let isLoading = true;
process.on("exit", (code) => {
  if (!isLoading) return;
  const [cause, next] =
    code === UNSETTLED_AWAIT_EXIT
      ? ["waits at its top level for something that never comes", "Look for an `await` outside of every function; move it into `open`."]
      : [`ended the process with status ${code}`, "Look for a `process.exit`; a module that is imported must leave the process alone."];
  tellWhy(new BadSubject("exited-before-hello", `While it was loaded, ${modulePath} ${cause}`, next));
});

// A crash has its stack on stderr, which says more.
process.on("uncaughtExceptionMonitor", () => {
  isLoading = false;
});

process.stdout.on("error", () => process.exit(1));
try {
  const line = stdioLine();
  process.stdin.pause();
  const subject = await applyFaults(faultArguments, () => loadSubject(modulePath));
  isLoading = false;
  new SubjectServer(subject, line);
  process.stdin.resume();
} catch (error) {
  isLoading = false;
  if (!(error instanceof BadSubject)) throw error;
  tellWhy(error);
  process.exitCode = 2;
  process.stdin.destroy();
}
