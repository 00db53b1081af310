import type { Diagnosis } from "./violation.ts";

/** What an author should try first, by what was seen. */
export const DIAGNOSIS_ADVICE: Readonly<Record<Diagnosis, string>> = {
  "open-failed": "Look for an exception in your own constructor, or for a wait in `open` that nothing ends; `--trace` shows the frames.",
  "close-failed": "Let `close` end what `open` began, and pass where there is nothing to end.",
  "method-missing": "Add the method, or do not declare the flag that brings it in.",
  "stdout-noise": "Send it to stderr or in a `log` notification; look for a print that was left in, and for the banner of a library.",
  "unflushed-line": "End each frame with a line feed, and flush stdout after it.",
  "frame-too-large": "Send less in one value; a list that can grow belongs in a stream.",
  "invalid-frame": "Compare the frame with docs/spec/wire.md; its JSON Schemas are in the SDK's `schemas` folder.",
  "invalid-value": "The message names the member; compare it with the schema of the contract.",
  "missing-id": "Copy `id` from the request into its response.",
  "unknown-id": "Copy `id` from the request as it is: a number stays a number.",
  "answered-twice": "Make sure that an error path does not answer after the success path did.",
  "not-answered": "Answer `shutdown` like every request, and exit only once stdin has ended.",
  "over-credit": "Count credit down by one an item, and stop pulling from your source at 0 until a `credit` frame comes.",
  "item-out-of-sequence": "Count `seq` up from 0 in each stream, by one an item.",
  "wrong-item-count": "Let `end` be the number of items that were sent for this call.",
  "item-after-end": "Look for cancellation after every wait, before sending; the response is the last frame of a call.",
  "uncoded-error": "Send the code -32000 with the error of the contract in `data`.",
  "unknown-code":
    "A code is for a request that is wrong, refused or aborted; what was found, or could not be read, is a result. Catch what your libraries throw, which arrives as `INTERNAL`, and what a port of the host fails with, whose code is not one of yours.",
  "secret-leaked": "Look for a whole request, config or environment that is logged, returned or put into a message.",
  "open-handle": "Close servers, timers and child processes in `close`; each of them keeps a process alive.",
  "exited-unasked": "Find the crash in what it wrote to stderr; an exception in a timer or an event handler ends a Node process.",
  "bad-exit-status":
    "Let the process end by itself; an exception while it closes, or an exit code that was set on the way, is the usual cause.",
  "orphan-process": "Wait for child processes in `close`, or end them there.",
};
