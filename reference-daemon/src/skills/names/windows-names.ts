const RESERVED = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9¹²³])$/iu;
const FORBIDDEN = /[<>:"|?*\\]/u;

/** Why Windows would refuse the name, or take it for another one; null if it would not. */
export function unportableReason(name: Buffer): string | null {
  const text = name.toString("utf8");
  const forbidden = FORBIDDEN.exec(text)?.[0];
  if (forbidden !== undefined) return `The name holds ${forbidden === "\\" ? "a backslash" : forbidden}`;
  if (text.endsWith(".")) return "The name ends in a dot";
  if (text.endsWith(" ")) return "The name ends in a space";
  const base = (text.split(".")[0] ?? "").trimEnd();
  return RESERVED.test(base) ? `The name ${base} is reserved, with any extension` : null;
}
