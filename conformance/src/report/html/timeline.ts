import type { CaseReport } from "../report-schema.ts";
import { counted } from "./counted.ts";
import { duration } from "./durations.ts";
import { FrameLabels, readFrame } from "./frame-label.ts";
import type { FrameLabel } from "./frame-label.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { bounded } from "./bounded-text.ts";
import { VirtualTimes } from "./virtual-time.ts";

export type TranscriptLine = NonNullable<CaseReport["transcript"]>[number];

/** Longer silence than this is told: it is where a subject waited, or where the suite did. */
const LONGEST_UNTOLD_GAP_MS = 100;

/** What a line shows before it is opened. */
const HEAD = 240;

const DIRECTIONS = {
  "to-subject": { arrow: "→", words: "to the subject", name: "to" },
  "from-subject": { arrow: "←", words: "from the subject", name: "from" },
  stderr: { arrow: "!", words: "stderr of the subject", name: "stderr" },
} as const;

/** Each line as an item of a list, with the silence before it. */
export function timelineItems(transcript: readonly TranscriptLine[]): readonly Markup[] {
  const [labels, times] = [new FrameLabels(), new VirtualTimes()];
  return transcript.map((line, index) => {
    const frame = line.direction === "stderr" ? undefined : readFrame(line.text);
    const label = frame && labels.label(frame, line.direction === "from-subject");
    const time = frame && line.direction === "to-subject" ? times.sentence(frame) : undefined;
    const previous = transcript[index - 1];
    return html`${previous && gap(line.atMs - previous.atMs)}${item(line, label, time)}`;
  });
}

/** The first and the last lines that fit; how the middle is told takes no room. */
export function timeline(items: readonly Markup[], room: number): Markup {
  const [first, last] = ends(items, room);
  const left = items.length - first.length - last.length;
  const omitted =
    left > 0 && html`<li class="gap">${counted(left, "line")} left out here; the JSON report has ${left === 1 ? "it" : "them"}</li>`;
  return html`<ol class="timeline">
    ${first}${omitted}${last}
  </ol>`;
}

/** Two fifths for how it began, the rest for how it ended. */
function ends(items: readonly Markup[], room: number): readonly [readonly Markup[], readonly Markup[]] {
  const size = items.reduce((total, { text }) => total + text.length, 0);
  if (size <= room) return [items, []];
  const first = fitting(items, room * 0.4);
  const last = fitting(items.slice(first.length).toReversed(), room * 0.6).toReversed();
  return [first, last];
}

function fitting(items: readonly Markup[], room: number): readonly Markup[] {
  let left = room;
  const end = items.findIndex(({ text }) => (left -= text.length) < 0);
  return end === -1 ? items : items.slice(0, end);
}

function gap(ms: number): Markup | false {
  return ms > LONGEST_UNTOLD_GAP_MS && html`<li class="gap">nothing for ${duration(ms)}</li>`;
}

function item({ direction, text, atMs }: TranscriptLine, label: FrameLabel | undefined, time: string | undefined): Markup {
  const { arrow, words, name } = DIRECTIONS[direction];
  return html`<li class="${name}">
    <span class="at">${atMs.toFixed(1)}</span><span class="way" role="img" aria-label="${words}">${arrow}</span>
    <div>
      ${label && html`<b${label.kind === "error" && html` class="error"`}>${bounded(label.words, 120)}</b>`}${time !== undefined && html`<i>${time}</i>`}${lineText(text.trim())}
    </div>
  </li> `;
}

function lineText(text: string): Markup {
  if (text.length <= HEAD * 1.5) return html`<code>${text}</code>`;
  const rest = bounded(text.slice(HEAD));
  return html`<details>
    <summary><code>${text.slice(0, HEAD)}</code><span class="more">… ${text.length - HEAD} more characters</span></summary>
    <code>${rest}</code>
  </details>`;
}
