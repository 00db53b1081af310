import { ViewBuilder } from "./view.ts";
import type { View } from "./view.ts";

/** White space that a program does not need around a point and before a bracket, and the signs of an optional member. */
const LOOSE =
  /[ \t\r\n]{1,40}(?=\.[ \t\r\n]{0,40}[A-Za-z_])|(?<=[\w)\]][ \t\r\n]{0,40}\.)[ \t\r\n]{1,40}(?=\w)|(?<=[\w)\]])[ \t\r\n]{1,40}(?=\()|(?<=\()[ \t\r\n]{1,40}|\?(?=\.\w)|\?\.(?=[([])|(?<=["'`])[ \t\r\n]{0,8},[ \t\r\n]{0,8}(?=["'`])/gu;

/** The code without the white space that changes nothing, so that `os . system (x)` is `os.system(x)`. */
export function tightView(text: string): View {
  const builder = new ViewBuilder();
  let copied = 0;
  for (const { 0: found, index } of text.matchAll(LOOSE)) {
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    builder.add({ text: found.includes(",") ? "," : "", source: index, isCopy: false });
    copied = index + found.length;
  }
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("with its parts together", false);
}

const LIST_JOINT = /["'`][ \t\r\n]{0,8},[ \t\r\n]{0,8}["'`]/gu;

/** Lists of texts that are joined to one, as that one, with or without a space between them. */
export function joinedListsView(text: string, between: "" | " "): View {
  const builder = new ViewBuilder();
  let copied = 0;
  for (const { 0: found, index } of text.matchAll(LIST_JOINT)) {
    builder.add({ text: text.slice(copied, index), source: copied, isCopy: true });
    if (between !== "") builder.add({ text: between, source: index, isCopy: false });
    copied = index + found.length;
  }
  builder.add({ text: text.slice(copied), source: copied, isCopy: true });
  return builder.view("put together from a list", false);
}
