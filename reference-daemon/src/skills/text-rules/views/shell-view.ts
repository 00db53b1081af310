import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

/** What a shell takes away before it runs a command: quotes within and around words, backslashes, expansions to nothing. */
const TAKEN =
  /(?<fallback>\$\{\w{1,20}:?-[\w./:@%+-]{1,60}\})|(?<ansi>\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2})|(?<gap>[ \t]{0,8}\\\r?\n[ \t]{0,40}|\$\{?IFS\}?(?:\$9)?|(?<=\S)(?:\t|[ \t]{2,200})(?=\S))|\$(?=["'])|\$[@*]|\$\{[\w@*]{1,20}:?-\}|["'](?=[\w./$\\-])|(?<=[\w./})-])["']|\\(?=[A-Za-z./-])|\/(?:usr\/)?(?:local\/)?bin\/(?=[a-z])|(?<=[\n;&|(][ \t]{0,8}|\b(?:exec|sudo)[ \t]{1,8})(?:command|builtin|env|busybox|toybox)[ \t]{1,8}(?=[a-z])/gu;

/** In a word, what is not known to have a value. */
const UNSET = String.raw`|(?<=[A-Za-z])\$\{[A-Za-z_]\w{0,20}\}(?=[A-Za-z])`;

/** As the shell reads it, with the plain values of its variables in their places. */
export function shellView(text: string): View {
  const values = assignedWords(text);
  const names = [...values.keys()];
  const variable = names.length === 0 ? "" : String.raw`|(?<variable>\$\{?(?:${names.join("|")})\b\}?)`;
  const taken = new RegExp(TAKEN.source + variable + UNSET, "gu");
  const builder = new ViewBuilder();
  let copied = 0;
  for (const { 0: found, index, groups = {} } of text.matchAll(taken)) {
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    builder.add({ text: replacement(found, groups, values), source: index, isCopy: false });
    copied = index + found.length;
  }
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("as a shell reads it", false);
}

function replacement(found: string, groups: Readonly<Record<string, string | undefined>>, values: ReadonlyMap<string, string>): string {
  if (groups["variable"] !== undefined) return values.get(found.replaceAll(/[${}]/gu, "")) ?? "";
  if (groups["gap"] !== undefined) return " ";
  if (groups["fallback"] !== undefined) return found.slice(found.indexOf("-") + 1, -1);
  if (groups["ansi"] === undefined) return "";
  return String.fromCharCode(found.startsWith("\\x") ? Number.parseInt(found.slice(2), 16) : Number.parseInt(found.slice(1), 8));
}

const ASSIGNMENT =
  /(?<=^|[\n;&|(][ \t]{0,40}|\b(?:export|local|readonly|declare)[ \t]{1,8})(?<name>[A-Za-z_]\w{0,20})=(?<quote>["']?)(?<value>[\w./:@%+,-]{1,80})\k<quote>(?=[\s;&|)]|$)/gu;
const MOST_VARIABLES = 40;

/** Variables that get one plain word, and no other one later. */
function assignedWords(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const changed = new Set<string>();
  for (const { groups = {} } of text.matchAll(ASSIGNMENT)) {
    const name = groups["name"] ?? "";
    if (values.has(name)) changed.add(name);
    else if (values.size < MOST_VARIABLES) values.set(name, groups["value"] ?? "");
  }
  return new Map([...values].filter(([name]) => !changed.has(name)));
}
