import type { Rule } from "./rule.ts";

/** What a package offers is decided name by name. */
export const noExportAll: Rule = {
  create: (context) => ({
    ExportAllDeclaration: (node) => {
      context.report({ node, message: "`export *` makes everything public by accident. List the names." });
    },
  }),
};
