import { AsyncLocalStorage } from "node:async_hooks";

import type { MemoryTransport } from "../wire/memory-transport.ts";

/** On whose behalf code of this process runs, through timers and promises too. */
const running = new AsyncLocalStorage<MemoryTransport>();
let isWatching = false;

/**
 * Runs code of a subject. What it throws where nobody catches it would end a process of its own, and ends its line here, so that
 * the case that was running is told and the suite goes on.
 */
export function asSubject<Value>(transport: MemoryTransport, run: () => Value): Value {
  watch();
  return running.run(transport, run);
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.on("uncaughtException", (error: unknown) => onUncaught(error, "an uncaught exception"));
  process.on("unhandledRejection", (error: unknown) => onUncaught(error, "an unhandled rejection"));
}

function onUncaught(error: unknown, what: string): void {
  const transport = running.getStore();
  if (transport) {
    transport.crash(`${described(error, what)}\n`);
    return;
  }
  // What is not the subject's ends the process, as it does where nobody listens.
  if (process.listenerCount("uncaughtException") > 1) return;
  process.removeAllListeners("uncaughtException");
  setImmediate(() => {
    throw error;
  });
}

/** The heading says what it was, because the lines above it are the first to be cut. */
function described(error: unknown, what: string): string {
  const [heading = "", ...stack] = (error instanceof Error ? (error.stack ?? error.message) : `Uncaught Error: ${String(error)}`).split(
    "\n",
  );
  return [`${heading} (${what}, which ends a process of its own)`, ...stack].join("\n");
}
