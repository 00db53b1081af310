/**
 * Letters of other alphabets that look like ASCII ones, with what they look like. The common part of Unicode's list (UTS 39):
 * Cyrillic, Greek, Armenian, Cherokee, Lisu and the Latin extensions whose shape has no mark that could be stripped.
 */
const TABLE: Readonly<Record<string, string>> = {
  a: "аɑαᎪꓮΑА",
  b: "ЬᏏƄΒВᏴꓐʙ",
  c: "сϲⅽᴄСϹᏟꓚ",
  d: "ԁⅾᏧᎠꓓ",
  e: "еҽ℮ΕЕᎬꓰ",
  f: "ϝꓝſ",
  g: "ɡցᏀԌꓖ",
  h: "һհᏂΗНᎻꓧ",
  i: "іɩιıⅰᎥΙІӀꓲ",
  j: "јϳЈᎫꓙ",
  k: "κкΚКᏦꓗ",
  l: "ⅼᏞꓡӏ",
  m: "ⅿΜМᎷꓟ",
  n: "ոռΝꓠ",
  o: "оοօσΟОՕꓳ",
  p: "рρϱΡРᏢꓑ",
  q: "ԛգԚ",
  r: "гᴦᏒꓣ",
  s: "ѕꜱЅՏᏚꓢ",
  t: "τтΤТᎢꓔ",
  u: "υսᴜՍꓴ",
  v: "ѵνᴠѴᏙꓦ",
  w: "ԝѡᴡԜᎳꓪ",
  x: "хχⅹΧХꓫ",
  y: "уүγΥҮᎩꓬ",
  z: "ᴢΖᏃꓜ",
};

const LOOKALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries(TABLE).flatMap(([latin, others]) => Array.from(others, (other): [string, string] => [other, latin])),
);

/** The ASCII letter, in lower case, that the character passes for; undefined if it passes for none. */
export function lookalike(character: string): string | undefined {
  return LOOKALIKE.get(character);
}
