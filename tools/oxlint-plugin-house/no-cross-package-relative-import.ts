import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { AstNode, Rule, RuleContext } from "./rule.ts";

const packageOf = new Map<string, string>();

/** A relative path into another package goes round its export map, and breaks once it is packed. */
export const noCrossPackageRelativeImport: Rule = {
  create: (context) => {
    const check = (node: AstNode): void => checkSource(context, node);
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

function checkSource(context: RuleContext, node: AstNode): void {
  const specifier = (node["source"] as { readonly value?: unknown } | null | undefined)?.value;
  if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
  const here = dirname(context.filename);
  const target = dirname(resolve(here, specifier));
  if (packageRoot(here) === packageRoot(target)) return;
  context.report({ node, message: `${specifier} lies in another package. Import it by the package's name, through its export map.` });
}

/** The nearest folder upwards with a package.json. */
function packageRoot(folder: string): string {
  const known = packageOf.get(folder);
  if (known !== undefined) return known;
  const parent = dirname(folder);
  const root = existsSync(join(folder, "package.json")) || parent === folder ? folder : packageRoot(parent);
  packageOf.set(folder, root);
  return root;
}
