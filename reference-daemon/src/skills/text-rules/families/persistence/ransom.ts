import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

const WALKS = /os\.walk\(|\.rglob\(|glob\(|\.iterdir\(|readdir(?:Sync)?\(|Get-ChildItem/u;
const REMOVES = /os\.(?:remove|unlink|rename|replace)\(|\.unlink\(|unlinkSync\(|renameSync\(|shutil\.move\(|\brm\(/u;
const DEMANDS = /\b(?:BTC|bitcoin|monero|XMR|ransom)\b|\.locked\b|\.encrypted\b|RESTORE|DECRYPT_/iu;

export const ransom = defineTextRule({
  ...family,
  id: "CODE-RANSOM",
  severity: "critical",
  reasonCode: "malicious.known_blocked_signature",
  summary: "A program takes files away from the user and asks for money.",
  why: "The files may never come back.",
  fix: "Remove it.",
  example: {
    path: "scripts/run.py",
    caught: "note = 'Your files have been encry{gap}pted. Send 0.1 BTC to get them back.'\n",
    instead: "note = 'Your backup has been encrypted with your own key.'\n",
  },
  triggers: [
    {
      anchors: ["fernet(", "aes.new(", "createcipheriv(", "aesgcm(", "secretbox(", "chacha20"],
      pattern: /(?:Fernet\(|AES\.new\(|createCipheriv\(|AESGCM\(|SecretBox\(|ChaCha20\w{0,20}\()/uy,
      judge: ({ place, has }) =>
        place.kind === "script" && has(WALKS) && has(REMOVES) && has(DEMANDS)
          ? { what: "A program encrypts the files in a folder, removes them and asks for money" }
          : null,
    },
    {
      anchors: [
        "files have been encrypted",
        "files are encrypted",
        "files were encrypted",
        "vssadmin delete",
        "wbadmin delete",
        "bcdedit /set",
        "shadowcopy delete",
      ],
      pattern:
        /(?:files\s(?:have been|are|were)\sencrypted[^]{0,300}?(?:bitcoin|btc|monero|xmr|ransom|pay|decrypt)|vssadmin(?:\.exe)?\sdelete\sshadows|wbadmin\sdelete\scatalog|bcdedit\s\/set[^\n]{0,40}recoveryenabled\sno|shadowcopy\sdelete)/iuy,
    },
  ],
});
