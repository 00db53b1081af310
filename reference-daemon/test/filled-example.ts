import { createHash } from "node:crypto";

/** Digits of a hash: as irregular as what a key generator makes, and the same in every run. */
function drawn(alphabet: string, length: number): string {
  let text = "";
  for (let block = 0; text.length < length; block += 1) {
    const bytes = createHash("sha256").update(`example ${alphabet} ${block}`).digest();
    text += [...bytes].map((byte) => alphabet[byte % alphabet.length] ?? "").join("");
  }
  return text.slice(0, length);
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const ELF = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(56)]);
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  Buffer.from("IHDR"),
  Buffer.alloc(13),
]);

const FILLERS: Readonly<Record<string, (length: number) => string>> = {
  gap: () => "",
  random: (length) => drawn(LETTERS, length),
  base32: (length) => drawn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length),
  hex: (length) => drawn("0123456789abcdef", length),
  newlines: (length) => "\n".repeat(length),
  jwt: () =>
    [
      Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url"),
      Buffer.from('{"sub":"u-84216","scope":"all"}').toString("base64url"),
      drawn(LETTERS, 43),
    ].join("."),
  "base64-elf": () => ELF.toString("base64"),
  "base64-png": () => PNG.toString("base64"),
};

/** An example of a rule as a file would have it. A filler that nobody knows is an error. */
export function filledExample(text: string): string {
  return text.replaceAll(/\{([a-z0-9-]+)(?::(\d+))?\}/gu, (whole, name: string, length: string | undefined) => {
    const filler = FILLERS[name];
    if (filler) return filler(Number(length ?? "0"));
    if (length !== undefined) throw new Error(`${whole} is no filler`);
    return whole;
  });
}
