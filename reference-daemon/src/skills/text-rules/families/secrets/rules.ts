import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match, TextRule, Trigger } from "../../text-rule.ts";
import { SECRET_FORMATS, SERVICE_FORMATS, isPlaceholder } from "./formats.ts";
import type { SecretFormat } from "./formats.ts";

const family = {
  category: "secret",
  severity: "critical",
  action: "reject",
  subject: "bytes",
  reasonCode: "suspicious.exposed_secret_literal",
  why: "Whoever installs the skill has the credential, and so has everybody who reads the registry.",
  fix: "Revoke the credential now, then read it from the environment and document its name.",
} as const;

const KEY_FREE = "const key = process.env.SERVICE_KEY;\n";

function secretRule(id: string, service: string, formats: readonly SecretFormat[], example: string): TextRule {
  return defineTextRule({
    ...family,
    id,
    summary: `A text holds ${service}.`,
    example: { path: "scripts/call.js", caught: `const key = "${example}";\n`, instead: KEY_FREE },
    triggers: formats.map(formatTrigger),
  });
}

function formatTrigger({ label, anchors, pattern }: SecretFormat): Trigger {
  return {
    anchors,
    pattern,
    judge: ({ text, start, end, groups }) =>
      isPlaceholder(groups["body"] ?? "") ? null : { what: `This is ${label}`, secret: text.slice(start, end) },
  };
}

/** Written with a gap, so that no scanner takes an example for a credential; the catalogue's test fills it. */
const made = (prefix: string, length: number): string => `${prefix}{random:${length}}`;

const privateKey = defineTextRule({
  ...family,
  id: "SEC-PRIVATE-KEY",
  summary: "A text holds a private key.",
  example: {
    path: "keys/deploy",
    caught: "-----BEGIN PRIVATE{gap} KEY-----\n{random:64}\n{random:64}\n-----END PRIVATE KEY-----\n",
    instead: "ssh-ed25519 AAAA you@host\n",
  },
  triggers: [{ anchors: ["-----begin "], pattern: /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----/uy, judge: judgePrivateKey }],
});

const KEY_REACH = 600;

/** Key material follows, whatever stands between its lines: line feeds, quotes, `\n` of a JSON string. */
function judgePrivateKey({ text, start, end }: Match): Judgement | null {
  const after = text.slice(end, end + KEY_REACH).replace(/-----END[^]*$/u, "");
  if (!/^(?:\\[nr]|[\s"'+,])*[A-Za-z0-9+/=]{32}/u.test(after.replace(/^(?:\\[nr]|[\s"'+,])*(?:[A-Z][\w-]+: [^\n]{1,60}\n){1,4}/u, "")))
    return null;
  const material = after.replaceAll(/\\[nr]|[^A-Za-z0-9+/=]/gu, "");
  if (
    material.length < 64 ||
    after.includes("...") ||
    /example|placeholder|your|redacted|xxxx/iu.test(material) ||
    new Set(material).size < 20
  )
    return null;
  return { what: "This is a private key", secret: text.slice(start, end + KEY_REACH) };
}

const jsonWebToken = defineTextRule({
  ...family,
  id: "SEC-JWT",
  severity: "high",
  summary: "A text holds a signed JSON Web Token.",
  example: { path: "notes.md", caught: "Token: {jwt}\n", instead: "Token: $TOKEN\n" },
  triggers: [
    {
      anchors: ["eyj"],
      pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,400}\.(?<payload>eyJ[A-Za-z0-9_-]{10,2000})\.(?<signature>[A-Za-z0-9_-]{20,700})/uy,
      judge: ({ text, start, end, groups }) =>
        isSampleToken(groups["payload"] ?? "", groups["signature"] ?? "") ? null : { secret: text.slice(start, end) },
    },
  ],
});

/** What documentation shows: the payload of the best-known example, or one that says that it is one. */
function isSampleToken(payload: string, signature: string): boolean {
  const decoded = Buffer.from(payload, "base64url").toString("utf8");
  return (
    /john doe|jane doe|1234567890|example\.(?:com|org|net)|"(?:example|sample|demo|test|foo|bar|alice|bob)"|-demo"|user_?123|localhost/iu.test(
      decoded,
    ) || isPlaceholder(signature)
  );
}

const urlPassword = defineTextRule({
  ...family,
  id: "SEC-URL-PASSWORD",
  severity: "high",
  summary: "A URL holds a password.",
  example: {
    path: "config.toml",
    caught: 'url = "postgres://app:{random:20}@db.example.invalid/app"\n',
    instead: 'url = "postgres://app@db.example.invalid/app"\n',
  },
  triggers: [
    {
      anchors: ["://"],
      pattern:
        /(?<=[a-z][a-z0-9+.-]{1,20}):\/\/(?<user>[^\s:/@"'`<>{}$%\\]{1,64}):(?<body>[^\s/@"'`<>{}$\\]{8,128})@(?<host>[A-Za-z0-9.-]{4,253})/uy,
      judge: ({ text, start, end, groups: { body = "", host = "" } }) =>
        isRandomPassword(body) && !/^(?:localhost|127\.|(?:db\.)?example\.(?:com|org|net)$)/iu.test(host)
          ? { secret: text.slice(start, end) }
          : null,
    },
  ],
});

/** Words that people put into examples have no digits among capitals and small letters. */
function isRandomPassword(password: string): boolean {
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u].filter((kind) => kind.test(password)).length;
  return (
    kinds >= 2 &&
    /\d/u.test(password) &&
    password.length >= 10 &&
    !isPlaceholder(password) &&
    !/pass(?:word|wd)?|secret|token|\*{3}/iu.test(password)
  );
}

const serviceAccount = defineTextRule({
  ...family,
  id: "SEC-SERVICE-ACCOUNT",
  summary: "A text holds the key file of a cloud service account.",
  example: {
    path: "account.json",
    caught: '{ "type": "service_account", "private_key_id": "{hex:40}" }\n',
    instead: '{ "type": "authorized_user" }\n',
  },
  triggers: [
    {
      anchors: ["private_key_id"],
      pattern: /private_key_id["']?\s{0,4}[:=]\s{0,4}["']?(?<body>[0-9a-f]{40})/uy,
      judge: ({ text, start, end, groups }) => (isPlaceholder(groups["body"] ?? "") ? null : { secret: text.slice(start, end) }),
    },
  ],
});

/** Prefix-anchored formats only: a rule that guesses at entropy cries at every hash. */
export const secretRules: readonly TextRule[] = [
  secretRule("SEC-AWS", "an AWS access key id", SECRET_FORMATS.aws, "AKIA{base32:16}"),
  secretRule("SEC-GITHUB", "a GitHub token", SECRET_FORMATS.github, made("ghp_", 36)),
  secretRule("SEC-GITLAB", "a GitLab token", SECRET_FORMATS.gitlab, made("glpat-", 20)),
  secretRule("SEC-SLACK", "a Slack token or webhook", SECRET_FORMATS.slack, made("xoxb-", 40)),
  secretRule("SEC-OPENAI", "an OpenAI key", SECRET_FORMATS.openai, made("sk-proj-", 60)),
  secretRule("SEC-ANTHROPIC", "an Anthropic key", SECRET_FORMATS.anthropic, made("sk-ant-api03-", 80)),
  secretRule("SEC-GOOGLE", "a Google key", SECRET_FORMATS.google, made("AIza", 35)),
  secretRule("SEC-STRIPE", "a live Stripe key", SECRET_FORMATS.stripe, made("sk_live_", 24)),
  secretRule("SEC-NPM", "an npm token", SECRET_FORMATS.npm, made("npm_", 36)),
  secretRule("SEC-PYPI", "a PyPI token", SECRET_FORMATS.pypi, made("pypi-AgE", 60)),
  secretRule("SEC-HUGGING-FACE", "a Hugging Face token", SECRET_FORMATS.huggingface, made("hf_", 34)),
  secretRule("SEC-SENDGRID", "a SendGrid key", SECRET_FORMATS.sendgrid, "SG.{random:22}.{random:43}"),
  secretRule(
    "SEC-DISCORD",
    "a Discord webhook or bot token",
    SECRET_FORMATS.discord,
    "https://discord.com/api/webhooks/123456789012345678/{random:68}",
  ),
  secretRule("SEC-SERVICE", "a key of another service", SERVICE_FORMATS, made("gsk_", 52)),
  privateKey,
  jsonWebToken,
  urlPassword,
  serviceAccount,
];
