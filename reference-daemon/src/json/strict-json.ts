import { JsonTextError } from "./json-node.ts";
import type { JsonArrayNode, JsonMember, JsonNode, JsonObjectNode, JsonScalarNode } from "./json-node.ts";

const WHITESPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001F]*/y;
const FOUR_HEX_DIGITS = /[0-9A-Fa-f]{4}/y;
const LITERAL = /true|false|null/y;
const LITERALS = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const ESCAPES = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Reads exactly the grammar of RFC 8259, keeping positions and keys that are there twice, which JSON.parse loses. Throws a
 * {@link JsonTextError} at the first offset that is not of the grammar or is nested deeper than `mostDepth`.
 */
export function readStrictJson(text: string, mostDepth: number): JsonNode {
  const reader = new StrictJsonReader(text, mostDepth);
  return reader.document();
}

class StrictJsonReader {
  readonly #text: string;
  readonly #mostDepth: number;
  #offset = 0;
  #depth = 0;

  constructor(text: string, mostDepth: number) {
    this.#text = text;
    this.#mostDepth = mostDepth;
  }

  document(): JsonNode {
    this.#match(WHITESPACE);
    const node = this.#value();
    this.#match(WHITESPACE);
    if (this.#offset < this.#text.length) throw this.#error("There is something after the end of the value");
    return node;
  }

  #value(): JsonNode {
    const next = this.#text[this.#offset];
    if (next === "{") return this.#nested(() => this.#object());
    if (next === "[") return this.#nested(() => this.#array());
    const offset = this.#offset;
    return { type: "scalar", offset, value: next === '"' ? this.#string() : this.#literalOrNumber() };
  }

  #nested<Node extends JsonNode>(read: () => Node): Node {
    if (this.#depth === this.#mostDepth) {
      throw new JsonTextError("depth", this.#offset, `There are more than ${this.#mostDepth} levels`);
    }
    this.#depth += 1;
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #object(): JsonObjectNode {
    const offset = this.#offset;
    const members: JsonMember[] = [];
    this.#offset += 1;
    this.#match(WHITESPACE);
    if (this.#take("}")) return { type: "object", offset, members };
    do {
      this.#match(WHITESPACE);
      members.push(this.#member());
      this.#match(WHITESPACE);
    } while (this.#take(","));
    if (!this.#take("}")) throw this.#error("A comma or a closing brace is missing");
    return { type: "object", offset, members };
  }

  #member(): JsonMember {
    const keyOffset = this.#offset;
    if (this.#text[keyOffset] !== '"') throw this.#error("A key in double quotes is missing");
    const key = this.#string();
    this.#match(WHITESPACE);
    if (!this.#take(":")) throw this.#error("A colon is missing");
    this.#match(WHITESPACE);
    return { key, keyOffset, value: this.#value() };
  }

  #array(): JsonArrayNode {
    const offset = this.#offset;
    const elements: JsonNode[] = [];
    this.#offset += 1;
    this.#match(WHITESPACE);
    if (this.#take("]")) return { type: "array", offset, elements };
    do {
      this.#match(WHITESPACE);
      elements.push(this.#value());
      this.#match(WHITESPACE);
    } while (this.#take(","));
    if (!this.#take("]")) throw this.#error("A comma or a closing bracket is missing");
    return { type: "array", offset, elements };
  }

  #string(): string {
    let value = "";
    this.#offset += 1;
    for (;;) {
      value += this.#match(PLAIN_CHARACTERS);
      if (this.#take('"')) return value;
      if (!this.#take("\\")) throw this.#error("A string is not closed, or holds a control character");
      value += this.#escape();
    }
  }

  #escape(): string {
    const sign = this.#text[this.#offset] ?? "";
    const character = ESCAPES.get(sign);
    if (character === undefined && sign !== "u") throw this.#error("JSON has no such escape");
    this.#offset += 1;
    if (character !== undefined) return character;
    const digits = this.#match(FOUR_HEX_DIGITS);
    if (digits === "") throw this.#error("Four hexadecimal digits are missing");
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #literalOrNumber(): JsonScalarNode["value"] {
    const literal = LITERALS.get(this.#match(LITERAL));
    if (literal !== undefined) return literal;
    const digits = this.#match(NUMBER);
    if (digits === "") throw this.#error("A value is missing");
    return Number(digits);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const matched = pattern.exec(this.#text)?.[0] ?? "";
    this.#offset += matched.length;
    return matched;
  }

  #take(sign: string): boolean {
    const isThere = this.#text[this.#offset] === sign;
    if (isThere) this.#offset += 1;
    return isThere;
  }

  #error(message: string): JsonTextError {
    return new JsonTextError("syntax", this.#offset, message);
  }
}
