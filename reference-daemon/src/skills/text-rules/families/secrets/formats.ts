/** A credential whose format gives it away: a prefix, an alphabet, a length. */
export interface SecretFormat {
  /** What it is, as in "a GitHub token". */
  readonly label: string;
  /** In lower case. */
  readonly anchors: readonly string[];
  /** Case matters. The group `body` is what has to look random. */
  readonly pattern: RegExp;
}

const format = (label: string, anchors: readonly string[], pattern: RegExp): SecretFormat => ({ label, anchors, pattern });

/** The formats that services publish or that their scanning partners list; each has a prefix of its own. */
export const SECRET_FORMATS = {
  aws: [
    format(
      "an AWS secret access key",
      ["secret_access_key", "secretaccesskey"],
      /secret_?access_?key["']?\s{0,4}[=:]\s{0,4}["']?(?<body>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/iuy,
    ),
    format(
      "an AWS access key id",
      ["akia", "asia", "abia", "acca"],
      /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)(?<body>[A-Z2-7]{16})(?![A-Za-z0-9])/uy,
    ),
  ],
  github: [
    format("a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], /gh[pousr]_(?<body>[A-Za-z0-9]{36,255})(?![A-Za-z0-9_])/uy),
    format("a fine-grained GitHub token", ["github_pat_"], /github_pat_(?<body>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9_])/uy),
  ],
  gitlab: [
    format(
      "a GitLab token",
      ["glpat-", "glptt-", "gldt-", "glrt-", "glcbt-", "glagent-"],
      /gl(?:pat|ptt|dt|rt|cbt|agent)-(?<body>[A-Za-z0-9_-]{20,60})(?![A-Za-z0-9_-])/uy,
    ),
  ],
  slack: [
    format(
      "a Slack token",
      ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe", "xapp-"],
      /(?:xox[abprs]-|xoxe(?:\.xox[bp])?-|xapp-)(?<body>[A-Za-z0-9-]{20,250})/uy,
    ),
    format(
      "a Slack webhook",
      ["hooks.slack.com/"],
      /hooks\.slack\.com\/(?:services|workflows)\/(?<body>T[A-Z0-9]{7,12}\/[A-Z][A-Z0-9]{7,12}\/[A-Za-z0-9]{20,40})/uy,
    ),
  ],
  openai: [
    format("an OpenAI key", ["sk-proj-", "sk-svcacct-", "sk-admin-"], /sk-(?:proj|svcacct|admin)-(?<body>[A-Za-z0-9_-]{40,250})/uy),
    format("an OpenAI key", ["t3blbkfj"], /(?<=sk-[A-Za-z0-9_-]{20,150})(?<body>T3BlbkFJ[A-Za-z0-9_-]{20,150})/uy),
    format("an OpenAI key", ["sk-"], /(?<![A-Za-z0-9_-])sk-(?<body>[A-Za-z0-9]{48})(?![A-Za-z0-9])/uy),
  ],
  anthropic: [format("an Anthropic key", ["sk-ant-"], /sk-ant-(?:api|admin|oat|ort|sid)\d\d-(?<body>[A-Za-z0-9_-]{40,200})/uy)],
  google: [
    format("a Google API key", ["aiza"], /(?<![A-Za-z0-9_-])AIza(?<body>[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])/uy),
    format("a Google OAuth client secret", ["gocspx-"], /GOCSPX-(?<body>[A-Za-z0-9_-]{28})(?![A-Za-z0-9_-])/uy),
    format("a Google OAuth token", ["ya29."], /ya29\.(?<body>[A-Za-z0-9_-]{60,500})/uy),
  ],
  stripe: [
    format("a live Stripe key", ["sk_live_", "rk_live_"], /[sr]k_live_(?<body>[A-Za-z0-9]{20,247})/uy),
    format("a Stripe webhook secret", ["whsec_"], /whsec_(?<body>[A-Za-z0-9+/]{32,64})={0,2}/uy),
  ],
  npm: [format("an npm token", ["npm_"], /(?<![A-Za-z0-9_])npm_(?<body>[A-Za-z0-9]{36})(?![A-Za-z0-9_])/uy)],
  pypi: [format("a PyPI token", ["pypi-age"], /pypi-AgE(?<body>[A-Za-z0-9_-]{50,1000})/uy)],
  huggingface: [
    format("a Hugging Face token", ["hf_", "api_org_"], /(?<![A-Za-z0-9_])(?:hf|api_org)_(?<body>[A-Za-z0-9]{34})(?![A-Za-z0-9_])/uy),
  ],
  sendgrid: [format("a SendGrid key", ["sg."], /(?<![A-Za-z0-9_.])SG\.(?<body>[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/uy)],
  discord: [
    format(
      "a Discord webhook",
      ["discord.com/api/", "discordapp.com/api/"],
      /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{17,20}\/(?<body>[A-Za-z0-9_-]{60,80})/uy,
    ),
    format(
      "a Discord bot token",
      [".c", ".d", ".g", ".h", ".x", ".y", ".z"],
      /\.(?=[A-Za-z0-9_-]{6}\.)(?<=(?<![A-Za-z0-9_.-])[MNO][A-Za-z0-9_-]{23,27}\.)(?<body>[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38})(?![A-Za-z0-9_-])/uy,
    ),
  ],
} satisfies Readonly<Record<string, readonly SecretFormat[]>>;

/** Services whose keys are rarer in skills; they share one rule. */
export const SERVICE_FORMATS: readonly SecretFormat[] = [
  format(
    "a private key of a wallet",
    ["private_key", "privatekey", "priv_key", "secret_key"],
    /(?:private_?key|priv_key|secret_key)["']?\s{0,4}[=:]\s{0,4}["']?0x(?<body>[0-9a-fA-F]{64})(?![0-9a-fA-F])/iuy,
  ),
  format(
    "a Twilio key",
    ["sk0", "sk1", "sk2", "sk3", "sk4", "sk5", "sk6", "sk7", "sk8", "sk9", "ska", "skb", "skc", "skd", "ske", "skf"],
    /(?<![A-Za-z0-9_-])SK(?<body>[0-9a-f]{32})(?![A-Za-z0-9])/uy,
  ),
  format("a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], /do[opr]_v1_(?<body>[0-9a-f]{64})/uy),
  format("a Shopify token", ["shpat_", "shpss_", "shpca_", "shppa_"], /shp(?:at|ss|ca|pa)_(?<body>[0-9A-Fa-f]{32})/uy),
  format("a Databricks token", ["dapi"], /(?<![A-Za-z0-9])dapi(?<body>[0-9a-f]{32})(?:-\d)?(?![A-Za-z0-9])/uy),
  format("a Linear key", ["lin_api_"], /lin_api_(?<body>[A-Za-z0-9]{40})/uy),
  format("a Notion token", ["ntn_"], /(?<![A-Za-z0-9_])ntn_(?<body>[A-Za-z0-9]{40,60})(?![A-Za-z0-9_])/uy),
  format("a Groq key", ["gsk_"], /(?<![A-Za-z0-9_])gsk_(?<body>[A-Za-z0-9]{52})(?![A-Za-z0-9_])/uy),
  format("an xAI key", ["xai-"], /(?<![A-Za-z0-9_])xai-(?<body>[A-Za-z0-9]{70,90})(?![A-Za-z0-9_])/uy),
  format("a Replicate token", ["r8_"], /(?<![A-Za-z0-9_])r8_(?<body>[A-Za-z0-9]{37})(?![A-Za-z0-9_])/uy),
  format("a Perplexity key", ["pplx-"], /pplx-(?<body>[A-Za-z0-9]{48,64})/uy),
  format("an OpenRouter key", ["sk-or-v1-"], /sk-or-v1-(?<body>[0-9a-f]{64})/uy),
  format("a Figma token", ["figd_"], /figd_(?<body>[A-Za-z0-9_-]{40,60})/uy),
  format("a HashiCorp Vault token", ["hvs."], /(?<![A-Za-z0-9_.])hvs\.(?<body>[A-Za-z0-9_-]{24,200})/uy),
  format("a Grafana token", ["glsa_", "glc_"], /gl(?:sa|c)_(?<body>[A-Za-z0-9+/_]{32,400})={0,2}/uy),
  format("an age secret key", ["age-secret-key-1"], /AGE-SECRET-KEY-1(?<body>[A-Z0-9]{58})/uy),
  format("a Postman key", ["pmak-"], /PMAK-(?<body>[0-9a-f]{24}-[0-9a-f]{34})/uy),
  format("a Sentry token", ["sntrys_", "sntryu_"], /sntry[su]_(?<body>[A-Za-z0-9+/_=-]{60,400})/uy),
  format("a Tavily key", ["tvly-"], /tvly-(?:dev-|prod-)?(?<body>[A-Za-z0-9]{30,60})/uy),
  format("a Docker token", ["dckr_pat_", "dckr_oat_"], /dckr_[po]at_(?<body>[A-Za-z0-9_-]{24,40})/uy),
  format("a Telegram bot token", [":aa"], /(?<=(?<![\w/])(?:bot)?\d{8,10}):(?<body>AA[A-Za-z0-9_-]{32,34})(?![A-Za-z0-9_-])/uy),
  format("an Azure storage key", ["accountkey="], /AccountKey=(?<body>[A-Za-z0-9+/]{86}==)/uy),
  format(
    "an Azure client secret",
    ["8q~", "7q~"],
    /(?<=(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3})[78]Q~(?<body>[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~.-])/uy,
  ),
];

const EXAMPLE_WORDS =
  /example|sample|placeholder|your|dummy|changeme|redacted|xxxx|fake|insert|replace|todo|1234567890|0123456789|abcdefghij|deadbeef|(.)\1{5}/iu;
const FEWEST_DIFFERENT = 9;

/** Whether a body is what documentation writes in place of a credential: a word, a repetition, a row of the alphabet. */
export function isPlaceholder(body: string): boolean {
  const letters = body.replaceAll(/[^A-Za-z0-9]/gu, "");
  return EXAMPLE_WORDS.test(body) || new Set(letters).size < Math.min(FEWEST_DIFFERENT, letters.length / 2);
}
