import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

/** What programs and shells leave out or read as another character. The order matters: the first that fits is taken. */
const JOINT = new RegExp(
  [
    // "a" + "b", 'a' . 'b', `a${""}b`
    String.raw`(?<sum>["'\x60][ \t]{0,8}(?:\r?\n[ \t]{0,40})?[+.](?:[ \t]{0,8}(?:\r?\n[ \t]{0,40})?)["'\x60])`,
    // "a" "b" of Python and C, and a line continuation between
    String.raw`(?<beside>(?<=[\w./: -])["'][ \t]{1,8}\\?\r?\n?[ \t]{0,40}["'](?=[\w./: -]))`,
    String.raw`(?<empty>(?<=[\w/.$-])(?:""|'')(?=[\w/.$-]))`,
    String.raw`(?<hex>\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}|\\[0-3][0-7]{2})`,
    String.raw`(?<continued>[ \t]{0,8}\\\r?\n[ \t]{0,40})`,
    String.raw`(?<space>\$\{?IFS\}?(?:\$9)?)`,
    // c\url, i${x}ex of PowerShell's backtick, cmd's caret
    String.raw`(?<escape>(?<=[a-zA-Z])(?:[\\^\x60](?=[a-zA-Z]{2})|\x60(?=[a-zA-Z])))`,
    String.raw`(?<comment>/\*[^*]{0,200}\*/)`,
    // cp["exec"] as cp.exec
    String.raw`(?<open>(?<=[\w)\]])\[[ \t(]{0,4}["'\x60](?=[\w$]{1,40}["'\x60][ \t)]{0,4}(?:\]|[+.])))`,
    String.raw`(?<close>(?<=[\w$])["'\x60][ \t)]{0,4}\](?=[\s(.\[;,)]))`,
    String.raw`(?<dollar>\$(?=["']))`,
    // getattr(os, "system") as os.system
    String.raw`(?<member>(?:getattr|Reflect\.get)\([ \t]{0,4}(?<of>[\w.]{1,60})[ \t]{0,4},[ \t(]{0,4}["'](?<name>\w{1,40})["'][ \t)]{0,4}\))`,
  ].join("|"),
  "gu",
);

/** What may be a joint; the matcher looks for these, so that a text without any is not looked at again. */
export const JOINT_SIGNS: readonly string[] = [
  ...['"+', '" +', "'+", "' +", "`+", "` +", '"."', "'.'", '" . "', "' . '", '" "', "' '"],
  // Texts side by side, one to a line, as far in as people indent.
  ...[0, 1, 2, 3, 4, 6, 8, 10, 12, 16].flatMap((spaces) => [`"\n${" ".repeat(spaces)}"`, `'\n${" ".repeat(spaces)}'`]),
  ...["\\x", "\\u", "\\0", "\\1", "\\2", "\\3", "\\\n", "\\\r", "$ifs", "${ifs", '${"', "${'"],
  ...["getattr(", "reflect.get("],
  ...["eval", "exec", "require", "function", "import", "spawn", "fetch", "system", "popen", "constructor"].map((name) => `${name}/*`),
  ...["*/(", "*/.", "*/["],
  ...["iex", "iwr", "invoke-expression", "invoke-webrequest", "downloadstring"].flatMap((name) =>
    Array.from(name.slice(1), (_, at) => `${name.slice(0, at + 1)}\`${name.slice(at + 1)}`),
  ),
];

/** Where a text goes on right after its end, as in `"cu""rl"`: too common a sign without the letters around it. */
export function besideSigns(text: string): readonly number[] {
  return text.includes('""') || text.includes("''")
    ? Array.from(text.matchAll(/(?<=[\w/.:-])(?:""|'')(?=[\w/.:-])/gu), ({ index }) => index)
    : [];
}

/** A small text is put together whole, so that what is joined here is seen beside what it is for. */
const SMALL = 8_192;
const AROUND = 400;

/**
 * As a program would put it together: split strings joined, escapes replaced, empty quotes and comments left out, computed
 * members with a dot. Only what is near a joint is in it.
 */
export function joinedView(text: string, signs: readonly number[]): View | null {
  const once = joinedIn(text, text.length <= SMALL ? [{ start: 0, end: text.length }] : regions(text, signs));
  // The name of a member may itself be put together: cp["ex" + "ec"].
  const twice = once && joinedIn(once.text, [{ start: 0, end: once.text.length }]);
  return twice ? { ...twice, sourceOffset: (offset) => once.sourceOffset(twice.sourceOffset(offset)) } : once;
}

function joinedIn(text: string, parts: Iterable<Region>): View | null {
  const builder = new ViewBuilder();
  let isChanged = false;
  for (const { start, end } of parts) {
    let copied = start;
    JOINT.lastIndex = start;
    for (let joint = JOINT.exec(text); joint && joint.index < end; joint = JOINT.exec(text)) {
      builder.add({ text: text.slice(copied, joint.index), source: copied, isCopy: true });
      builder.add({ text: replacement(joint), source: joint.index, isCopy: false });
      copied = joint.index + joint[0].length;
      isChanged = true;
    }
    builder.add({ text: text.slice(copied, Math.max(copied, end)), source: copied, isCopy: true });
    builder.add({ text: "\n", source: end, isCopy: false });
  }
  return isChanged ? builder.view("put together from parts", false) : null;
}

interface Region {
  readonly start: number;
  readonly end: number;
}

function replacement({ 0: found, groups = {} }: RegExpExecArray): string {
  if (groups["hex"] !== undefined) return escaped(found);
  if (groups["continued"] !== undefined || groups["space"] !== undefined) return " ";
  if (groups["member"] !== undefined) return `${groups["of"] ?? ""}.${groups["name"] ?? ""}`;
  return groups["open"] === undefined ? "" : ".";
}

function escaped(escape: string): string {
  const code = /^\\[0-3]/u.test(escape) ? Number.parseInt(escape.slice(1), 8) : Number.parseInt(escape.replaceAll(/[\\xu{}]/gu, ""), 16);
  const isPlain = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isPlain ? String.fromCodePoint(code) : " ";
}

function* regions(text: string, signs: readonly number[]): Generator<Region> {
  let start = -1;
  let end = -1;
  for (const sign of signs) {
    if (start >= 0 && sign - AROUND <= end) {
      end = Math.min(text.length, sign + AROUND);
      continue;
    }
    if (start >= 0) yield { start, end };
    start = Math.max(0, sign - AROUND);
    end = Math.min(text.length, sign + AROUND);
  }
  if (start >= 0) yield { start, end };
}
