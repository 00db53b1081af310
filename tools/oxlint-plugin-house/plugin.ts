import { noBareJsonParse } from "./no-bare-json-parse.ts";
import { noCrossPackageRelativeImport } from "./no-cross-package-relative-import.ts";
import { noExportAll } from "./no-export-all.ts";
import { noGrabBagFile } from "./no-grab-bag-file.ts";
import type { Rule } from "./rule.ts";

/** The rules of this house that no stock rule covers. `.oxlintrc.json` loads it by path, hence the default export. */
const plugin: { readonly meta: { readonly name: string }; readonly rules: Readonly<Record<string, Rule>> } = {
  meta: { name: "house" },
  rules: {
    "no-bare-json-parse": noBareJsonParse,
    "no-cross-package-relative-import": noCrossPackageRelativeImport,
    "no-export-all": noExportAll,
    "no-grab-bag-file": noGrabBagFile,
  },
};

export default plugin;
