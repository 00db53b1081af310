import { printable } from "../printable.ts";
import type { CaseReport } from "../report-schema.ts";
import { counted } from "./counted.ts";
import { duration } from "./durations.ts";
import { FrameLabels, readFrame } from "./frame-label.ts";
import type { FrameLabel } from "./frame-label.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { bounded } from "./bounded-text.ts";
import { VirtualTimes } from "./virtual-time.ts";

type TranscriptLine = NonNullable<CaseReport["transcript"]>[number];

/** Longer silence than this is told: it is where a subject waited, or where the suite did. */
const LONGEST_UNTOLD_GAP_MS = 100;

/** What a line shows before it is opened. */
const HEAD = 240;

/** What a line shows in all. */
const MOST_OF_LINE = 1_500;

const DIRECTIONS = {
  "to-subject": { arrow: "→", words: "to the subject", name: "to" },
  "from-subject": { arrow: "←", words: "from the subject", name: "from" },
  stderr: { arrow: "!", words: "stderr of the subject", name: "stderr" },
} as const;

/** Lines beyond these are left out, however much room there is: nobody reads them here. */
const MOST_FIRST = 40;
const MOST_LAST = 80;

/** What a line takes beside its text, about. */
const LINE_FRAME = 260;

/** About how many characters of markup the whole of a transcript takes, as far as it may be shown. */
export function timelineSize(transcript: readonly TranscriptLine[]): number {
  const lines =
    transcript.length > MOST_FIRST + MOST_LAST ? [...transcript.slice(0, MOST_FIRST), ...transcript.slice(-MOST_LAST)] : transcript;
  return lines.reduce((total, { text }) => total + printable(text.slice(0, MOST_OF_LINE)).length + LINE_FRAME, 0);
}

/** The first and the last lines that fit; how the middle is told takes no room. Two fifths are for how it began. */
export function timeline(transcript: readonly TranscriptLine[], room: number): Markup {
  const isWhole = transcript.length <= MOST_FIRST + MOST_LAST && timelineSize(transcript) <= room;
  const first = isWhole ? transcript.length : fitting(transcript.slice(0, MOST_FIRST), room * 0.4);
  const last = fitting(transcript.slice(Math.max(first, transcript.length - MOST_LAST)).toReversed(), room * 0.6);
  const left = transcript.length - first - last;
  const labels = new FrameLabels();
  const times = new VirtualTimes();
  const items = (from: number, to: number): readonly Markup[] =>
    transcript.slice(from, to).map((line, offset) => {
      const frame = line.direction === "stderr" ? undefined : readFrame(line.text);
      const label = frame && labels.label(frame, line.direction === "from-subject");
      const time = frame && line.direction === "to-subject" ? times.sentence(frame) : undefined;
      const previous = offset > 0 ? transcript[from + offset - 1] : undefined;
      return html`${previous && gap(line.atMs - previous.atMs)}${item(line, label, time)}`;
    });
  const omitted =
    left > 0 && html`<li class="gap">${counted(left, "line")} left out here; the JSON report has ${left === 1 ? "it" : "them"}</li>`;
  return html`<ol class="timeline">
    ${items(0, first)}${omitted}${items(transcript.length - last, transcript.length)}
  </ol>`;
}

/** How many lines fit, counted from the first of them. */
function fitting(lines: readonly TranscriptLine[], room: number): number {
  let left = room;
  const end = lines.findIndex((line) => (left -= timelineSize([line])) < 0);
  return end === -1 ? lines.length : end;
}

function gap(ms: number): Markup | false {
  return ms > LONGEST_UNTOLD_GAP_MS && html`<li class="gap">nothing for ${duration(ms)}</li>`;
}

function item({ direction, text, atMs }: TranscriptLine, label: FrameLabel | undefined, time: string | undefined): Markup {
  const { arrow, words, name } = DIRECTIONS[direction];
  return html`<li class="${name}">
    <span class="at">${atMs.toFixed(1)}</span><span class="way" role="img" aria-label="${words}">${arrow}</span>
    <div>
      ${label && html`<b class="${label.kind}">${bounded(label.words, 120)}</b>`}${time !== undefined && html`<i>${time}</i>`}${lineText(text.trim())}
    </div>
  </li> `;
}

function lineText(text: string): Markup {
  if (text.length <= HEAD * 1.5) return html`<code>${text}</code>`;
  const rest = bounded(text.slice(HEAD), MOST_OF_LINE - HEAD);
  return html`<details>
    <summary><code>${text.slice(0, HEAD)}</code><span class="more">… ${text.length - HEAD} more characters</span></summary>
    <code>${rest}</code>
  </details>`;
}
