import type { Judgement, Match, Trigger } from "../../text-rule.ts";

/** Files and places that hold what is nobody else's, however the sentence around them is written. */
const PRIVATE_FILE =
  /\.env\b|\bid_(?:rsa|ed25519)\b|\.ssh\b|\.aws\b|\.gnupg\b|\.kube\b|\.netrc\b|\.npmrc\b|_history\b|\btdata\b|logins\.json|key4\.db|cookies\.sqlite|login data|keychain|wallet\.dat|keystore|credentials?\b(?:\.json)?|(?:memory|user|soul)\.md|authorized_keys/iu;
/** Words for what is private, in the languages of the anchors. */
const PRIVATE_WORD =
  /contrase|claves? (?:api|privad)|senhas?\b|mots? de passe|cl[ée]s? (?:api|priv)|passw[oö]rt|kennw[oö]rt|kontodaten|mitgliederliste|zugangsdaten|chiavi|парол|ключ|токен|密码|密钥|令牌|聊天记录|对话|パスワード|秘密鍵|会話|비밀번호|대화|여권|şifre|parola/iu;
/** What a host obeys, and what would be obeyed from there on. */
const AGENT_FILE = /(?:AGENTS|CLAUDE|SOUL|MEMORY|IDENTITY|HEARTBEAT|USER)\.md|\.claude\/settings/u;
/** That the user is to know nothing of it. */
const CONCEALED = new RegExp(
  [
    String.raw`sin (?:comentar|decir|mencionar|avisar|contar)(?:lo|le|selo)?|no (?:se )?lo (?:comentes|digas|menciones|cuentes)|no (?:le )?(?:digas|menciones|comentes|cuentes|informes|avises)|se asustar[íi]a|no (?:debe|necesita|tiene que) (?:saber|enterarse)`,
    String.raw`n[ãa]o (?:conte|diga|mencione|avise|informe|comente)|n[ãa]o (?:precisa|deve|pode) saber|s[óo] entre n[óo]s|n[ãa]o deixe (?:vest[íi]gio|rastro)|sem (?:avisar|mencionar|contar|comentar)`,
    String.raw`ne (?:le |lui |l['’])?(?:dis|dites|mentionne|signale|parle|informe|évoque)[sz]?\b[^.\n]{0,30}\b(?:pas|rien|jamais)|sous (?:le )?prétexte|à l['’]insu|sans (?:le |lui |en )?(?:dire|signaler|mentionner|parler|prévenir)`,
    String.raw`erw[äa]hne[^.\n]{0,24}(?:weder|nicht|nirgend)|sage?[^.\n]{0,30}(?:nichts|nicht)\b|ohne (?:es|das|dies|ihn|sie) zu (?:erw[äa]hnen|informieren|fragen)|(?:nutzer|benutzer|anwender)[^.\n]{0,40}nicht(?:s)? (?:erfahren|wissen|merken)|r[üu]ckfragen sind unerw[üu]nscht`,
    String.raw`senza (?:dirlo|avvisare|informare|menzionar)|non (?:dirlo|dire|menzionar|informare|farne)`,
    String.raw`не (?:сообщай|говори|упоминай|рассказывай|показывай)|ничего не (?:сообщай|говори)|не (?:должен|нужно|надо) (?:знать|узнать)|незаметно|тайно`,
    String.raw`不要告[诉訴]|别告[诉訴]|不要提|不必(?:告|提)|不得告知|无需告知|悄悄|暗中`,
    String.raw`(?:伝え|知らせ|言わ|報告し|話さ|見せ)(?:ない|ず)|とだけ(?:伝え|答え|言)|気づかれ|内緒|こっそり`,
    String.raw`(?:말하지|알리지|언급하지|보여주지) ?(?:마|않)|라고만 (?:대답|답|말)|몰래`,
    String.raw`(?:söyleme|bahsetme|bildirme|haber verme)|gizlice`,
  ].join("|"),
  "iu",
);
const OBEYS =
  /命令[^。\n]{0,12}(?:执行|実行)|当作[^。\n]{0,12}(?:命令|指令)|優先|优先级高于|выполн\p{L}{1,6}[^.\n]{0,30}(?:команд|инструкц)|ejecut\p{L}{1,5}[^.\n]{0,30}(?:comando|orden|instrucc)|ex[ée]cut\p{L}{1,5}[^.\n]{0,30}(?:commande|ordre|instruct)|führe?[^.\n]{0,40}befehle?|esegui[^.\n]{0,30}(?:comand|istruz)|명령[^.\n]{0,16}(?:실행|수행)|sudo\b/iu;
const SINK = /https?:\/\/|[\w.+-]{1,40}@[\w-]{1,60}\.[a-z]{2,}/iu;
/** What nobody sends anywhere for a good reason. */
const TAKEN = /(?<![\w.])(?:id_rsa|tdata|key4\.db|wallet\.dat|logins\.json)\b|_history\b/iu;
const NEGATED = /(?<!\p{L})(?:nunca|jamais|niemals|nicht|никогда|mai)(?!\p{L})|不要|请勿|禁止|しない|ない(?:こと|で)|마세요|asla/iu;

/** Verbs that send, put and fetch, as an order is written in each language. */
const ORDERS: readonly string[] = [
  ...["súbel", "subel", "envíal", "envía ", "envíe ", "mándal", "manda el", "añade", "agrega", "descarga "],
  ...["mande ", "envie ", "suba ", "copie ", "acrescente", "baixe "],
  ...["envoie", "envoyez", "téléverse", "transmets", "transmettez", "ajoute", "télécharge"],
  ...["lade ", "schicke", "schick ", "sende ", "übermittle", "füge ", "hänge "],
  ...["invia", "carica", "spedisci", "aggiungi", "scarica"],
  ...["отправь", "отправьте", "отправляй", "загрузи", "перешли", "передай", "добавь", "скачай"],
  ...["上传", "发送", "发到", "发给", "提交到", "追加", "写入", "添加到", "访问", "下载"],
  ...["アップロード", "送信", "送って", "追加し", "書き加え", "加え", "読み", "実行"],
  ...["업로드", "전송", "보내", "붙입니다", "붙여", "추가"],
  ...["gönder", "yükle", "ekle", "indir "],
];

/** A paragraph is looked at in pieces that overlap, so that a long one takes no more for each of its characters than a short one. */
const PIECE = 1_400;

/**
 * A step that no English word gives away: something of the user's goes to an address, or an address is obeyed, and nobody is
 * told. Each paragraph is looked at once, from its first order on.
 */
export const stepsInLanguages: Trigger = {
  anchors: ORDERS.map((order) => order.toLowerCase()),
  pattern: /\S/uy,
  until: "\n\n",
  judge: judgeParagraph,
};

function judgeParagraph({ text, start, end, place }: Match): Judgement | null {
  if (place.kind === "script" || place.isInFence || place.isMention) return null;
  const before = text.slice(Math.max(0, start - PIECE / 2), start);
  const from = start - before.length + before.lastIndexOf("\n\n") + 1;
  for (let at = from; at < end; at += PIECE / 2) {
    const judgement = judgeStep(text.slice(at, Math.min(end, at + PIECE)));
    if (judgement) return judgement;
  }
  return null;
}

function judgeStep(step: string): Judgement | null {
  if (!SINK.test(step) && !AGENT_FILE.test(step)) return null;
  const isHidden = CONCEALED.test(step);
  const goesOut = SINK.test(step);
  if (goesOut && isHidden && (PRIVATE_FILE.test(step) || PRIVATE_WORD.test(step) || OBEYS.test(step) || AGENT_FILE.test(step)))
    return { what: "A text tells the assistant, in a language other than English, to do something that its user is not to know of" };
  if (goesOut && TAKEN.test(step) && !NEGATED.test(step))
    return { what: "A text tells the assistant, in a language other than English, to send private files to an address" };
  if (AGENT_FILE.test(step) && (isHidden || (goesOut && OBEYS.test(step))))
    return { what: "A text tells the assistant, in a language other than English, to change what it takes its own instructions from" };
  return goesOut && /sudo\b/u.test(step) && OBEYS.test(step)
    ? { action: "warn", what: "A text has something from an address run with the rights of the administrator" }
    : null;
}
