import type { AstNode, Rule } from "./rule.ts";

const REASON = /JSON\.parse: \S/u;

/**
 * `JSON.parse` gives `any`, forgets duplicate keys and throws on what people write. Its result goes straight into a schema
 * (`schema.parse(JSON.parse(text))`), or a comment in the file says why it need not: `// JSON.parse: <reason>`.
 */
export const noBareJsonParse: Rule = {
  create: (context) => ({
    CallExpression: (node) => {
      if (!isMember(node["callee"], "JSON", ["parse"]) || isArgumentOfSchema(node)) return;
      if (context.sourceCode.getAllComments().some((comment) => REASON.test(comment.value))) return;
      context.report({
        node,
        message:
          "Pass the result of JSON.parse straight to a schema's `parse` or `safeParse`, or say why not in a comment `// JSON.parse: <reason>`.",
      });
    },
  }),
};

function isArgumentOfSchema(node: AstNode): boolean {
  const parent = node.parent;
  if (parent?.type !== "CallExpression" || parent["callee"] === node) return false;
  return isMember(parent["callee"], undefined, ["parse", "safeParse"]);
}

function isMember(value: unknown, object: string | undefined, properties: readonly string[]): boolean {
  const callee = value as AstNode;
  if (callee.type !== "MemberExpression") return false;
  const name = (callee["property"] as { readonly name?: string }).name;
  const owner = (callee["object"] as { readonly name?: string }).name;
  return name !== undefined && properties.includes(name) && (object === undefined || owner === object);
}
