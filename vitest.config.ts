import { defineConfig } from "vitest/config";

/** The first makes `@flynn/*` resolve to the sources, so that no test needs a build; setting any replaces vite's own, hence the rest. */
const conditions = ["@flynn/source", "module", "node", "development|production"];

function project(name: string, folders: readonly string[]): { extends: true; test: { name: string; include: string[] } } {
  return { extends: true, test: { name, include: folders.map((folder) => `${folder}/**/*.test.ts`) } };
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    exclude: ["**/node_modules/**", "**/dist/**"],
    setupFiles: ["./tools/vitest/loopback-only.ts"],
    environment: "node",
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    retry: 0,
    // Only against what hangs: on a busy machine everything takes several times as long, and that is no failure.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Most tests wait for a process of their own, so one worker a core is not too many.
    maxWorkers: "100%",
    passWithNoTests: false,
    projects: [
      project("sdk", ["sdk"]),
      project("fixtures", ["fixtures"]),
      project("conformance", ["conformance"]),
      project("reference-daemon", ["reference-daemon"]),
      project("tools", ["tools", "bench", "examples"]),
    ],
  },
});
