import { defineTextRule } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";

export const keychain = defineTextRule({
  ...family,
  id: "CODE-KEYCHAIN",
  severity: "high",
  action: "warn",
  summary: "A program takes passwords out of the system's or the browser's store.",
  why: "The store holds the passwords of everything, not of this skill.",
  fix: "Ask for the one entry that the skill made itself, by its name.",
  example: {
    path: "scripts/run.sh",
    caught: "secu{gap}rity dump-key{gap}chain -d login.keychain\n",
    instead: "security find-generic-password -s my-skill -w\n",
  },
  triggers: [
    {
      anchors: ["git credential fill", "git-credential fill", "credential-store", "credential-osxkeychain"],
      pattern: /git(?:-|\s)credential(?:-\w{3,14})?\s{1,3}(?:fill|get)/iuy,
      judge: ({ has }) => (has(SENDS) ? { action: "reject" } : {}),
    },
    {
      anchors: [
        "dump-keychain",
        "lazagne",
        "mimikatz",
        "sekurlsa",
        "hashdump",
        "secretsdump",
        "cryptunprotectdata",
        "vaultcmd",
        "cmdkey /list",
        "pypykatz",
        "procdump",
        "lsass",
        "find-internet-password",
        "browser_cookie3",
        "browsercookie",
        "pycookiecheat",
        "chrome safe storage",
        "dpapi",
      ],
      pattern:
        /(?:dump-keychain|lazagne|mimikatz|sekurlsa|hashdump|secretsdump|cryptunprotectdata|vaultcmd|cmdkey \/list|pypykatz|procdump[^\n]{0,40}lsass|lsass\.(?:exe|dmp)|find-internet-password[^\n]{0,80}-w|browser_cookie3|browsercookie|pycookiecheat|chrome safe storage|dpapi(?=[^\n]{0,80}unprotect))/iuy,
      judge: ({ text, start, end, has }) =>
        /browser|pycookie|chrome safe/iu.test(text.slice(start, end)) ? (has(SENDS) ? { action: "reject" } : {}) : { action: "reject" },
    },
  ],
});
