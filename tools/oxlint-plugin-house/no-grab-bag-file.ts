import { basename } from "node:path";

import type { Rule } from "./rule.ts";

const GRAB_BAG = /^(utils?|helpers?|common|misc|shared|types)(\.[a-z-]+)*\.(ts|js)$/u;

/** A file called after nothing collects everything; a name from the domain says what belongs in it. */
export const noGrabBagFile: Rule = {
  create: (context) => ({
    Program: (node) => {
      const name = basename(context.filename);
      if (!GRAB_BAG.test(name)) return;
      context.report({ node, message: `${name} says nothing about its content. Name the file after the one idea in it.` });
    },
  }),
};
