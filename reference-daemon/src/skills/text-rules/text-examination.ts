import type { Action, Finding } from "@flynn/sdk/skill-scanner";

import { ACTION_WEIGHT } from "../rules/action-weight.ts";
import { finding } from "../rules/finding.ts";
import { actionInPlace } from "./contexts/action-in-place.ts";
import { Surroundings } from "./contexts/surroundings.ts";
import { encodedIn } from "./decoding/encodings.ts";
import type { Encoded } from "./decoding/encodings.ts";
import type { SpellingSign } from "./decoding/spelling-signs.ts";
import { respelled } from "./decoding/respelled.ts";
import { encodedBinary } from "./families/encoded/rules.ts";
import { mask, redactedSlice } from "./redaction.ts";
import type { Redacted } from "./redaction.ts";
import type { RuleIndex, TextSigns } from "./rule-index.ts";
import type { Judgement, Subject, TextRule } from "./text-rule.ts";
import type { TriggerMatch } from "./trigger-matches.ts";
import { ViewScan } from "./view-scan.ts";
import { foldedView, isDisguised } from "./views/folded-view.ts";
import { respelledViews } from "./views/respelled-views.ts";
import { decodedBy, derivedViews } from "./views/derived-views.ts";
import { renderedView } from "./views/rendered-view.ts";
import { shellView } from "./views/shell-view.ts";
import { partsView, plainView, through } from "./views/view.ts";
import type { View } from "./views/view.ts";

const MOST_DEPTH = 3;
const MOST_FINDINGS_OF_AN_ACTION = 20;
/** A text that says one thing more often than this is about nothing else: from there on nothing lowers it. */
const MOST_WEIGHED = 200;
const MOST_RESPELLED = 65_536;
/** Names of programs have digits among letters; only a small one may be prose in disguise. */
const MOST_SPELLED_SCRIPT = 8_192;
const MOST_EVIDENCE = 400;
const ANCHORS_IN_A_STEP = 400;

interface Reported {
  readonly action: Action;
  /** Among the findings. */
  readonly at: number;
}

export interface TextToExamine {
  readonly path: string;
  readonly text: string;
  readonly isAscii: boolean;
  readonly installerHosts: readonly string[];
}

/** One text of one file, looked at in every way that it may be read. */
export class TextExamination {
  readonly #index: RuleIndex;
  readonly #surroundings: Surroundings;
  readonly #isAscii: boolean;
  readonly #installerHosts: readonly string[];
  readonly #findings: Finding[] = [];
  /** By rule and by where it begins, what was reported last. */
  readonly #reported = new Map<string, Map<number, Reported>>();
  readonly #places = new Map<RegExp, boolean>();
  readonly #weighed = new Map<string, Set<number>>();
  /** Rules of which no more is asked: they have rejected so many places that another one says nothing new. */
  readonly #full = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(index: RuleIndex, { path, text, isAscii, installerHosts }: TextToExamine) {
    this.#index = index;
    this.#surroundings = new Surroundings(path, text);
    this.#isAscii = isAscii;
    this.#installerHosts = installerHosts;
  }

  /** In steps, so that whoever runs it can stop in the middle of a large file. */
  *run(): Generator<void, readonly Finding[]> {
    const { text } = this.#surroundings;
    const plain = plainView(text);
    yield* this.#lookWhole(plain, 0);
    const folded = this.#isAscii ? null : foldedView(text);
    if (folded) yield* this.#lookWhole(folded, 0);
    yield* this.#lookRespelled(folded ?? plain, 0);
    if (this.#surroundings.kind === "prose" || this.#surroundings.kind === "markup") {
      yield* this.#look(through(renderedView((folded ?? plain).text), folded), { depth: 0, onlyWords: true });
    }
    return this.#findings;
  }

  *#lookRespelled(view: View, depth: number): Generator<void, void> {
    if (this.#surroundings.kind === "script" && view.text.length > MOST_SPELLED_SCRIPT) return;
    for (const respelled of respelledViews(view.text)) yield* this.#look(through(respelled, view), { depth, onlyWords: true });
  }

  /** A large text that is spelled otherwise as a whole is looked at once: what is in it would have to be encoded twice. */
  *#lookRespelling(view: View, depth: number): Generator<void, void> {
    if (view.text.length > MOST_RESPELLED) yield* this.#look(view, { depth, onlyWords: false });
    else yield* this.#lookWhole(view, depth);
  }

  /** What a shell would read of it: a script, or the blocks of code in a page. */
  #shellText(view: View, depth: number): View | null {
    if (this.#surroundings.isShell) return view;
    const { fences } = this.#surroundings.spans;
    return depth > 0 || view.disguise !== null || fences.length === 0 ? null : partsView(view.text, fences);
  }

  /** A text, what it is once it is put together, and what it holds encoded, down to a depth. */
  *#lookWhole(view: View, depth: number): Generator<void, void> {
    const { joints, signs } = yield* this.#look(view, { depth, onlyWords: false });
    const decodable = [{ source: view, by: signs }];
    const { kind, isPython } = this.#surroundings;
    for (const derived of derivedViews({ text: view.text, isScript: kind === "script", isPython, joints, signs })) {
      const source = through(derived.view, view);
      const shown = yield* this.#look(source, { depth, onlyWords: false });
      const by = decodedBy(derived.decodes, shown.signs, signs);
      if (by) decodable.push({ source, by });
    }
    const shell = this.#shellText(view, depth);
    if (shell) yield* this.#look(through(shellView(shell.text), shell), { depth, onlyWords: false });
    yield;
    if (depth === MOST_DEPTH) return;
    for (const { source, by } of decodable) yield* this.#lookDecoded(source, by, depth);
  }

  *#lookDecoded(source: View, signs: ReadonlySet<SpellingSign>, depth: number): Generator<void, void> {
    for (const encoded of encodedIn(source.text, signs)) yield* this.#lookInside(encoded, source, depth);
    for (const respelling of respelled(source.text, signs)) yield* this.#lookRespelling(through(respelling, source), depth + 1);
  }

  *#lookInside({ decoded, start, end, encoding }: Encoded, source: View, depth: number): Generator<void, void> {
    if ("binary" in decoded) {
      const judged = encodedBinary(decoded.binary, source.text, start);
      if (judged) this.#report(judged.rule, judged, { start, end, groups: {} }, source, encoding);
      return;
    }
    const disguise = source.disguise === null || depth === 0 ? `behind ${encoding}` : source.disguise;
    const origin = source.sourceOffset(start);
    const inside: View = { text: decoded.text, disguise, isSuspicious: true, sourceOffset: () => origin };
    yield* this.#lookWhole(inside, depth + 1);
    const folded = foldedView(decoded.text);
    if (folded) yield* this.#look(through(folded, inside), { depth: depth + 1, onlyWords: false });
    yield* this.#lookRespelled(folded ? through(folded, inside) : inside, depth + 1);
  }

  *#look(view: View, { depth, onlyWords }: { readonly depth: number; readonly onlyWords: boolean }): Generator<void, TextSigns> {
    const { anchors, ...signs } = this.#index.find(view.text);
    const scan = new ViewScan(view.text);
    let tried = 0;
    for (const { start, triggers } of anchors) {
      for (const { rule, trigger } of triggers) {
        const subject = trigger.subject ?? rule.subject;
        if (onlyWords && subject !== "words") continue;
        if (view.disguise !== null && depth === 0 && rule.info.category === "hidden-text" && subject === "bytes") continue;
        if (trigger.where && !this.#isWhere(trigger.where)) continue;
        if (this.#full.has(rule.info.id)) continue;
        const match = scan.match(trigger, start);
        if (match === null) continue;
        const sourceStart = view.sourceOffset(match.start);
        const before = this.#reportedOf(rule).get(sourceStart)?.action;
        // What one way of reading a command lowers, another way may show for what it is. Words weigh the same however they are read.
        if (before === "reject" || (before !== undefined && subject !== "commands")) continue;
        const place = this.#surroundings.place(sourceStart, this.#sourceEnd(view, match));
        const judgement = trigger.judge
          ? trigger.judge({
              ...match,
              text: view.text,
              place,
              isDecoded: depth > 0,
              source: this.#surroundings.text.slice(sourceStart, this.#sourceEnd(view, match)),
              installerHosts: this.#installerHosts,
              has: (signal) => scan.has(signal),
              isNear: (signal) => scan.isNear(signal, match.start),
            })
          : {};
        if (judgement === null) continue;
        this.#report(rule, { ...judgement, action: this.#action(rule, judgement, subject, view, match, depth) }, match, view, null);
      }
      tried += 1;
      if (tried % ANCHORS_IN_A_STEP === 0) yield;
    }
    return signs;
  }

  #action(
    rule: TextRule,
    { action = rule.info.action }: Judgement,
    subject: Subject,
    view: View,
    match: TriggerMatch,
    depth: number,
  ): Action {
    const start = view.sourceOffset(match.start);
    if (subject === "bytes" || action === "note" || !this.#isWeighed(rule.info.id, start)) return action;
    const end = this.#sourceEnd(view, match);
    const matched = this.#surroundings.text.slice(start, end);
    const isSuspicious = view.isSuspicious || depth > 0 || (!this.#isAscii && isDisguised(matched));
    const has = (signal: RegExp): boolean => this.#surroundings.has(signal);
    return actionInPlace({ action, subject, matched, isSuspicious, has }, this.#surroundings.place(start, end));
  }

  #report(rule: TextRule, judgement: Judgement, match: TriggerMatch, view: View, encoding: string | null): void {
    const { info } = rule;
    const start = view.sourceOffset(match.start);
    const action = judgement.action ?? info.action;
    const reported = this.#reportedOf(rule);
    const before = reported.get(start);
    if (before && ACTION_WEIGHT[action] <= ACTION_WEIGHT[before.action]) return;
    if (!this.#isCounted(info.id, action)) return;
    const at = before?.at ?? this.#findings.length;
    reported.set(start, { action, at });
    const { path } = this.#surroundings;
    const disguise = encoding === null ? view.disguise : `behind ${encoding}`;
    const what = `${judgement.what ?? info.summary.replace(/\.$/u, "")}${disguise === null ? "" : `, ${disguise}`}`;
    const shown = this.#shown(judgement, match, view);
    const position = this.#surroundings.position(start);
    this.#findings[at] = finding({ ...info, action }, { path, what, evidence: shown.text, isRedacted: shown.isRedacted, position });
  }

  #shown({ secret }: Judgement, { start, end }: TriggerMatch, view: View): Redacted {
    return secret === undefined
      ? redactedSlice(view.text, start, Math.min(end, start + MOST_EVIDENCE))
      : { text: mask(secret), isRedacted: true };
  }

  #isWhere(paths: RegExp): boolean {
    const known = this.#places.get(paths) ?? paths.test(this.#surroundings.path);
    this.#places.set(paths, known);
    return known;
  }

  /** Each action of a rule has a count of its own, so that many findings of a lesser one do not hide one that rejects. */
  #isCounted(ruleId: string, action: Action): boolean {
    const isFull = this.#isFull(ruleId, action);
    const key = `${ruleId} ${action}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    if (isFull && action === "reject") this.#full.add(ruleId);
    return !isFull;
  }

  #isWeighed(ruleId: string, start: number): boolean {
    const weighed = this.#weighed.get(ruleId) ?? new Set();
    this.#weighed.set(ruleId, weighed);
    if (weighed.size < MOST_WEIGHED) weighed.add(start);
    return weighed.has(start);
  }

  #isFull(ruleId: string, action: Action): boolean {
    return (this.#counts.get(`${ruleId} ${action}`) ?? 0) >= MOST_FINDINGS_OF_AN_ACTION;
  }

  #reportedOf({ info }: TextRule): Map<number, Reported> {
    const reported = this.#reported.get(info.id) ?? new Map<number, Reported>();
    this.#reported.set(info.id, reported);
    return reported;
  }

  #sourceEnd(view: View, match: TriggerMatch): number {
    return Math.max(view.sourceOffset(match.start), view.sourceOffset(Math.max(match.start, match.end - 1)) + 1);
  }
}
