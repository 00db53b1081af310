import { defineConfig } from "vitest/config";

const conditions = ["@flynn/source", "module", "node", "development|production"];

/** For the runs that `binders.test.ts` starts; the project's own run does not see these files. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ["*.vitest.ts"], watch: false },
});
