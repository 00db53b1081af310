const WINDOW_MS = 60_000;
const MOST_IN_WINDOW = 10;
const MOST_SOURCES = 1_000;

interface Source {
  since: number;
  admitted: number;
  suppressed: number;
}

/** Lets a few denials of each source into the log in a minute, and counts the others. */
export class DenialLimiter {
  readonly #sources = new Map<string, Source>();
  /** Counted for sources that had to be forgotten. */
  #carried = 0;

  /** How many denials the one that is told now stands for beside itself; undefined where it is not to be told. */
  admit(name: string, mono: number): number | undefined {
    const source = this.#sourceNamed(name, mono);
    if (mono - source.since >= WINDOW_MS) {
      source.since = mono;
      source.admitted = 0;
    }
    if (source.admitted === MOST_IN_WINDOW) {
      source.suppressed += 1;
      return undefined;
    }
    source.admitted += 1;
    const suppressed = source.suppressed + this.#carried;
    source.suppressed = 0;
    this.#carried = 0;
    return suppressed;
  }

  #sourceNamed(name: string, mono: number): Source {
    const source = this.#sources.get(name) ?? { since: mono, admitted: 0, suppressed: 0 };
    this.#sources.delete(name);
    this.#sources.set(name, source);
    const [oldest] = this.#sources.keys();
    if (this.#sources.size > MOST_SOURCES && oldest !== undefined) {
      this.#carried += this.#sources.get(oldest)?.suppressed ?? 0;
      this.#sources.delete(oldest);
    }
    return source;
  }
}
