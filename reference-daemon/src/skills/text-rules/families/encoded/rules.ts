import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, TextRule } from "../../text-rule.ts";
import type { BinaryKind } from "../../../content/signatures.ts";

const encodedProgram = defineTextRule({
  id: "CODE-ENCODED-PROGRAM",
  category: "code",
  severity: "critical",
  action: "reject",
  subject: "bytes",
  reasonCode: "suspicious.obfuscated_code",
  summary: "A text holds an encoded program or archive.",
  why: "It passes for text, and something else takes it out and runs it.",
  fix: "Ship the source, or tell users where to get the program.",
  example: { path: "scripts/data.txt", caught: "{base64-elf}\n", instead: "{base64-png}\n" },
  triggers: [],
});

/** Pictures and fonts in base64 are in every style sheet; programs and archives are not. */
export function encodedBinary(kind: BinaryKind, text: string, start: number): (Judgement & { readonly rule: TextRule }) | null {
  if (/AGFzbQ/u.test(text.slice(start, start + 8)))
    return { rule: encodedProgram, what: "A text holds an encoded module of WebAssembly", action: "warn" };
  if (kind === "executable" || kind === "bytecode") return { rule: encodedProgram, what: "A text holds an encoded program" };
  if (kind !== "archive") return null;
  const isOpened =
    /(?:exec|eval|unzip|ZipFile|zipimport|tarfile|gunzip|decompress|extractall|unpack|inflate|tar\s+-?x)/iu.test(
      text.slice(Math.max(0, start - 1_500), start),
    ) ||
    /(?:exec|eval|unzip|ZipFile|tarfile|gunzip|decompress|extractall|inflate|tar\s+-?x)/iu.test(
      text.slice(start, start + 200_000).slice(-4_000),
    );
  return { rule: encodedProgram, what: "A text holds an encoded archive", action: isOpened ? "reject" : "warn" };
}

export const encodedRules: readonly TextRule[] = [encodedProgram];
