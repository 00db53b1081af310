import type { Trigger } from "../../text-rule.ts";
import { SENDS } from "./family.ts";

/** Ways to a credential other than by the path of its file. */
export const credentialReaders: readonly Trigger[] = [
  {
    anchors: ["hidden answer"],
    pattern: /hidden answer/iuy,
    judge: ({ place, has }) =>
      (place.kind === "script" || place.isInFence) && has(/\bcurl\b|https?:\/\/|dscl [^\n]{0,20}authonly/u)
        ? { action: "reject", what: "A program asks for a password in a dialog of its own and sends it on" }
        : null,
  },
  {
    anchors: ["leveldb"],
    pattern: /leveldb/iuy,
    judge: ({ place, has }) =>
      place.kind === "script" && has(/discord/iu) && has(SENDS)
        ? { action: "reject", what: "A program reads the session of a messenger and uses the network" }
        : null,
  },
  {
    anchors: ["aws/credentials"],
    pattern: /aws[/\\]credentials/iuy,
    judge: ({ place, has }) =>
      place.kind === "data" && has(/(?:docker[/\\]config|kube[/\\]config|\.?npmrc|\.?netrc|ssh[/\\]id_|gnupg)/iu)
        ? { action: "reject", what: "A list names the files in which several programs keep credentials" }
        : null,
  },
  {
    anchors: ["**/{", "**/.env", "**/*.pem"],
    pattern: /\*\*\/[^"'`\n]{0,80}(?:\.env|\.pem|id_rsa|service-account|\.tfvars)[^"'`\n]{0,80}/iuy,
    judge: ({ place, text, start, end }) =>
      place.kind === "script" &&
      /\.env[^]*(?:\.pem|id_rsa|service-account)|\.pem[^]*\.env/iu.test(text.slice(start, end)) &&
      /findFiles|readFile/u.test(text.slice(Math.max(0, start - 60), end + 200))
        ? { action: "reject", what: "A program reads every file of a project that may hold a credential" }
        : null,
  },
];
