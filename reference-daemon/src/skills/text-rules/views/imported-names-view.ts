import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

const MOST_NAMES = 40;

/** Modules and functions under their own names, whatever an import of Python or JavaScript calls them; null if nothing is renamed. */
export function importedNamesView(text: string, language: "python" | "javascript"): View | null {
  const names = language === "python" ? importedNames(text) : importedMembers(text);
  if (names.size === 0) return null;
  const aliases = [...names.keys()].map((alias) => alias.replaceAll("$", String.raw`\$`));
  const used = new RegExp(String.raw`(?<![\w.$])(?:${aliases.join("|")})(?=\s{0,4}[.(])`, "gu");
  const builder = new ViewBuilder();
  let copied = 0;
  for (const { 0: found, index } of text.matchAll(used)) {
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    builder.add({ text: names.get(found) ?? found, source: index, isCopy: false });
    copied = index + found.length;
  }
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("under another name", false);
}

function importedNames(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const put = (alias: string, name: string): void => {
    if (names.size < MOST_NAMES && alias !== name) names.set(alias, name);
  };
  for (const [, list = ""] of text.matchAll(/^[ \t]{0,40}import[ \t]{1,8}([^\n]{1,200})/gmu)) {
    for (const [, name = "", alias = ""] of list.matchAll(/([\w.]{1,60})[ \t]{1,8}as[ \t]{1,8}(\w{1,40})/gu)) put(alias, name);
  }
  for (const [, module = "", list = ""] of text.matchAll(
    /^[ \t]{0,40}from[ \t]{1,8}([\w.]{1,60})[ \t]{1,8}import[ \t]{1,8}\(?([^\n)]{1,300})/gmu,
  )) {
    for (const [, name = "", alias] of list.matchAll(/(\w{1,60})(?:[ \t]{1,8}as[ \t]{1,8}(\w{1,40}))?/gu))
      put(alias ?? name, `${module}.${name}`);
  }
  return names;
}

/** What these can do is what rules look for; a name that comes from the program's own files may be any. */
const MODULES = String.raw`["'\x60](?:node:)?(?:child_process|fs|fs/promises|https?|http2|net|tls|dns|os|vm|crypto|zlib|worker_threads|axios|undici|got|ws|execa)["'\x60]`;
const MEMBERS = new RegExp(
  [
    String.raw`(?:^|[\s;])import[ \t]{0,8}\{(?<imported>[^}]{1,400})\}[ \t]{0,8}from[ \t]{0,8}${MODULES}`,
    String.raw`(?:^|[\s;])(?:const|let|var)[ \t]{1,8}\{(?<required>[^}]{1,400})\}[ \t]{0,8}=[ \t]{0,8}(?:await[ \t]{1,8}import|require)[ \t]{0,8}\([ \t]{0,8}${MODULES}`,
  ].join("|"),
  "gu",
);

/** `import { exec as run }` and `const { exec: run } = require()`. */
function importedMembers(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { groups = {} } of text.matchAll(MEMBERS)) {
    for (const [, name = "", alias = ""] of (groups["imported"] ?? groups["required"] ?? "").matchAll(
      /([\w$]{1,60})(?:[ \t\r\n]{1,8}as[ \t\r\n]{1,8}|[ \t]{0,8}:[ \t]{0,8})([\w$]{1,40})/gu,
    )) {
      if (names.size < MOST_NAMES && alias !== name) names.set(alias, name);
    }
  }
  return names;
}
