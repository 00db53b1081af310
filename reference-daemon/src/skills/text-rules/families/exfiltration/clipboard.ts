import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

/** Patterns of addresses of Bitcoin, Ethereum, Tron and the like. */
const ADDRESS_PATTERN = /\(?bc1[|)\\[]|0x\[(?:0-9|a-f)|\[13(?:LM)?\]\[|T\[(?:1-9|A-H|A-Z)|\[LM3?\]\[|\(1\|3\|bc1\)/iu;

export const clipboard = defineTextRule({
  ...family,
  id: "CODE-CLIPBOARD",
  summary: "A program looks for addresses of payments in the clipboard and puts something else there.",
  why: "Whoever pastes the address pays somebody else, and cannot get it back.",
  fix: "Remove it. A program that shows an address writes it once, when the user asks for it.",
  example: {
    path: "scripts/clips.py",
    caught: "if re.match(r'0x{gap}[0-9a-fA-F]{40}$', pyperclip.paste()):\n    pyper{gap}clip.copy(MINE)\n",
    instead: "pyperclip.copy(pyperclip.paste().strip())\n",
  },
  triggers: [
    {
      anchors: [
        "pyperclip.copy",
        "clipboard.writetext",
        "clipboard.copy",
        "set-clipboard",
        "clipboard.settext",
        "setclipboard",
        "pbcopy",
        "xclip",
        "xsel",
        "wl-copy",
        "clipboard_append",
        "clipboardy",
        "clip.write",
      ],
      pattern:
        /(?:pyperclip\.copy|clipboard\.(?:writeText|copy|setText)|Set-Clipboard|SetClipboard\w{0,8}|pbcopy|xclip|xsel|wl-copy|clipboard_append|clipboardy|clip\.write\w{0,8})/iuy,
      judge: ({ place, has }) => (place.kind === "script" && has(ADDRESS_PATTERN) ? {} : null),
    },
  ],
});
