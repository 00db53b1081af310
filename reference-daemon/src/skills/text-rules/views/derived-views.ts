import type { SpellingSign } from "../decoding/spelling-signs.ts";
import type { TextSigns } from "../rule-index.ts";
import { importedNamesView } from "./imported-names-view.ts";
import { besideSigns, joinedView } from "./joined-view.ts";
import { joinedListsView, tightView } from "./tight-view.ts";
import type { View } from "./view.ts";

/** What is looked for in the encoded parts of a view: whatever they say, what only the view shows, or nothing. */
export type Decodes = "everything" | "what it shows" | "nothing";

export interface DerivedView {
  readonly view: View;
  readonly decodes: Decodes;
}

export interface ToDerive extends TextSigns {
  readonly text: string;
  readonly isScript: boolean;
  readonly isPython: boolean;
}

/** The text as programs read it: put together, with names in full, and without what changes nothing. Most texts have few of these. */
export function derivedViews({ text, isScript, isPython, joints, signs }: ToDerive): DerivedView[] {
  const derived: DerivedView[] = [];
  const add = (view: View | null, decodes: Decodes): void => {
    if (view) derived.push({ view, decodes });
  };
  const beside = isScript ? besideSigns(text) : [];
  const parts = beside.length === 0 ? joints : [...joints, ...beside].toSorted((one, other) => one - other);
  if (parts.length > 0) add(joinedView(text, parts), "everything");
  if (isScript && signs.has("imports")) add(importedNamesView(text, isPython ? "python" : "javascript"), "nothing");
  if (isScript && signs.has("lists")) add(joinedListsView(text, ""), "everything");
  if (signs.has("piped")) add(joinedListsView(text, " "), "nothing");
  // White space changes nothing that is encoded; it may have hidden what decodes it.
  if (isScript && signs.has("loose")) add(tightView(text), "what it shows");
  return derived;
}

/** By which signs a derived view is decoded, from its own and those of the text that it was made of; null if it is not. */
export function decodedBy(
  decodes: Decodes,
  own: ReadonlySet<SpellingSign>,
  below: ReadonlySet<SpellingSign>,
): ReadonlySet<SpellingSign> | null {
  if (decodes === "everything") return new Set([...own, ...below]);
  const shown = new Set([...own].filter((sign) => !below.has(sign)));
  return decodes === "what it shows" && shown.size > 0 ? shown : null;
}
