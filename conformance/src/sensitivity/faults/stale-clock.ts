import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";

interface Reading {
  readonly mono: number;
  readonly boot: number;
  readonly wall: number;
}

/** The time that is seen is not the time that it is. Frames that set the clock come only to a subject with a virtual one. */
export const staleClockFaults: readonly BoundaryFault[] = [
  {
    id: "sees-no-time-pass",
    family: "stale-clock",
    title: "sees no time pass",
    intercept: (fired) => ({
      toSubject: (frame, { deliver }) => {
        if (frame["method"] !== "clock.set") return [frame];
        fired();
        const { mono } = frame["params"] as Members;
        deliver({ jsonrpc: "2.0", id: frame["id"], result: { mono, fired: [], next: null } });
        return [];
      },
    }),
  },
  seeing("sees-the-time-before", "sees the time as it was one step before", (_now, before) => before),
  seeing("sees-no-suspend", "sees no time pass while the machine is suspended", (now, before, seen) => ({
    ...now,
    boot: seen.boot + (now.mono - before.mono),
  })),
  seeing("sees-no-change-of-the-wall-clock", "does not see the wall clock being set", (now, before, seen) => ({
    ...now,
    wall: seen.wall + (now.mono - before.mono),
  })),
  seeing("sees-the-wall-clock-only", "goes by the wall clock for everything", (now, before, seen) => {
    const passed = Math.max(0, now.wall - before.wall);
    return { ...now, mono: seen.mono + passed, boot: seen.boot + passed };
  }),
];

/** `before` is the reading that the host gave last, `seen` the one that the subject was shown then. */
function seeing(id: string, title: string, change: (now: Reading, before: Reading, seen: Reading) => Reading): BoundaryFault {
  return {
    id,
    family: "stale-clock",
    title,
    intercept: (fired) => {
      const last = new Map<string, { readonly given: Reading; readonly seen: Reading }>();
      const asked = new Map<unknown, number>();
      return {
        toSubject: (frame) => {
          const params = frame["params"] as Members | undefined;
          if (frame["method"] === "open" && params) {
            const reading = params["clock"] as Reading;
            last.set(String(params["instance"]), { given: reading, seen: reading });
          }
          if (frame["method"] !== "clock.set" || !params) return [frame];
          const { instance, mono, boot, wall } = params as unknown as { instance: string } & Reading;
          const now = { mono, boot, wall };
          const before = last.get(instance) ?? { given: now, seen: now };
          const seen = change(now, before.given, before.seen);
          last.set(instance, { given: now, seen });
          if (seen.mono === mono && seen.boot === boot && seen.wall === wall) return [frame];
          fired();
          asked.set(frame["id"], mono);
          return [{ ...frame, params: { ...params, ...seen } }];
        },
        fromSubject: (frame) => {
          const mono = asked.get(frame["id"]);
          if (mono === undefined || !("result" in frame)) return [frame];
          // The subject's own reading would give the fault away.
          return [{ ...frame, result: { ...(frame["result"] as Members), mono } }];
        },
      };
    },
  };
}
