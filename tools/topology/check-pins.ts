import type { Manifest, Workspace } from "./workspace.ts";

const EXACT = /^\d+\.\d+\.\d+$/u;

/** One version of each dependency, the same on every machine. Peer dependencies are a promise to others and may be ranges. */
export function checkPins(workspace: Workspace): string[] {
  const manifests: readonly (readonly [string, Manifest])[] = [
    ["package.json", workspace.manifest],
    ...workspace.packages.map((pkg) => [`${pkg.folder}/package.json`, pkg.manifest] as const),
  ];
  const used = new Set<string>();
  const problems = manifests.flatMap(([file, manifest]) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).flatMap(
      ([name, version]) => {
        if (version === "catalog:") used.add(name);
        if (version === "catalog:" && !(name in workspace.catalog))
          return [`${file}: ${name} is not in the catalog of pnpm-workspace.yaml`];
        const isPinned = version === "catalog:" || version === "workspace:*" || EXACT.test(version);
        return isPinned ? [] : [`${file}: ${name} has the version ${version}; put an exact one in the catalog and name it with catalog:`];
      },
    ),
  );
  const loose = Object.entries(workspace.catalog).flatMap(([name, version]) => {
    if (!EXACT.test(version)) return [`pnpm-workspace.yaml: ${name} has the version ${version}, which is not exact`];
    return used.has(name) ? [] : [`pnpm-workspace.yaml: nothing uses ${name}; take it out of the catalog`];
  });
  return [...problems, ...loose];
}
