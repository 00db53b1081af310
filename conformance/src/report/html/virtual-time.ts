import * as z from "zod";

import { signedSeconds } from "./durations.ts";
import type { Frame } from "./frame-label.ts";

const reading = { mono: z.number(), boot: z.number(), wall: z.number() };
const opened = z.object({ instance: z.string(), clock: z.object(reading) });
const moved = z.object({ instance: z.string(), ...reading, fire: z.boolean().optional() });

type Reading = Pick<z.infer<typeof moved>, "mono" | "boot" | "wall">;

/** Follows the virtual clocks of one transcript. */
export class VirtualTimes {
  readonly #opened = new Map<string, Reading>();
  readonly #last = new Map<string, Reading>();

  /** Where a frame sets a clock: what it shows then, beside when the instance was opened and the move before. */
  sentence(frame: Frame): string | undefined {
    if (frame.method === "open") {
      const { data } = opened.safeParse(frame.params);
      if (data) this.#opened.set(data.instance, data.clock);
      return undefined;
    }
    const { data } = moved.safeParse(frame.method === "clock.set" ? frame.params : undefined);
    if (!data) return undefined;
    const start = this.#opened.get(data.instance);
    const before = this.#last.get(data.instance) ?? start;
    this.#last.set(data.instance, data);
    const since = start ? `${signedSeconds(data.mono - start.mono)} since it was opened` : `${data.mono} ms`;
    return [
      `virtual time ${since}`,
      ...this.#moves(data, before),
      wallTime(data.wall),
      ...(data.fire === false ? ["no timer fires"] : []),
    ].join(" · ");
  }

  /** The clocks part where a machine was suspended, or where somebody set the wall clock. */
  #moves(now: Reading, before: Reading | undefined): readonly string[] {
    if (!before) return [];
    const [mono, boot, wall] = [now.mono - before.mono, now.boot - before.boot, now.wall - before.wall];
    if (mono === boot && mono === wall) return [`moved ${signedSeconds(mono)}`];
    return [`moved mono ${signedSeconds(mono)}, boot ${signedSeconds(boot)}, wall ${signedSeconds(wall)}`];
  }
}

function wallTime(wall: number): string {
  const date = new Date(wall);
  return Number.isNaN(date.getTime()) ? `wall ${wall}` : `wall ${date.toISOString()}`;
}
