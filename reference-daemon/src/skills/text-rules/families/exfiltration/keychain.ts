import { defineTextRule } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";

const SENT_ANYWHERE =
  /curl\s[^\n]{0,200}(?:\s-d|\s-F|\s-T|--data\S{0,12}|--upload-file)|wget\s[^\n]{0,100}--post|gh gist create|gh repo create[^\n]{0,60}--public|requests\.post|fetch\(|\bnc\s/u;

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
      anchors: [
        "op item list",
        "op item get",
        "bw list items",
        "bw export",
        "lpass export",
        "keepassxc-cli export",
        "dashlane-cli",
        "gh auth token",
        "print-access-token",
        "get-access-token",
        "trufflehog filesystem",
      ],
      pattern:
        /(?:op item (?:list|get)[^\n]{0,200}op item get[^\n]{0,80}(?:--reveal|>|\|)|bw (?:list items|export)|lpass export|keepassxc-cli export|gh auth token\s{0,3}[>|]|gcloud auth (?:application-default )?print-access-token\s{0,3}[>|]|az account get-access-token[^\n]{0,40}[>|]|trufflehog filesystem\s{1,3}["']?(?:\$HOME|~|\/(?:home|Users)))/iuy,
      judge: ({ place, isNear }) =>
        place.kind === "prose" && !place.isInFence
          ? null
          : isNear(SENT_ANYWHERE)
            ? { action: "reject", what: "A program takes passwords or tokens out of their store and sends them" }
            : {},
    },
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
        "retrievepassword(",
        "passwordvault",
        "browser_cookie3",
        "browsercookie",
        "pycookiecheat",
        "chrome safe storage",
        "dpapi",
      ],
      pattern:
        /(?:dump-keychain|lazagne|mimikatz|sekurlsa|hashdump|secretsdump|cryptunprotectdata|vaultcmd|cmdkey \/list|pypykatz|procdump[^\n]{0,40}lsass|lsass\.(?:exe|dmp)|find-internet-password[^\n]{0,80}-w|RetrievePassword\(|browser_cookie3|browsercookie|pycookiecheat|chrome safe storage|dpapi(?=[^\n]{0,80}unprotect))/iuy,
      judge: ({ text, start, end, has }) =>
        /browser|pycookie|chrome safe/iu.test(text.slice(start, end)) ? (has(SENDS) ? { action: "reject" } : {}) : { action: "reject" },
    },
  ],
});
