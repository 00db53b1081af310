/**
 * The Nodes that the npm registry has as packages, so that no machine needs to have them installed: of each line the newest
 * that is there for x64 and for arm64. `oldest` is the first that the packages promise under `engines`.
 */
const VERSIONS: Readonly<Record<string, string>> = {
  "20": "20.20.2",
  oldest: "22.22.0",
  "22": "22.23.3",
  "24": "24.21.0",
  "26": "26.10.0",
};

/** Where the registry has not both. */
const ONLY_X64 = ["oldest"];

export const NODE_LINES = Object.keys(VERSIONS);

export type NodePackage = { readonly name: string; readonly version: string } | { readonly absent: string };

export function nodePackage(line: string): NodePackage {
  const version = VERSIONS[line] ?? "";
  const platform = `${process.platform} on ${process.arch}`;
  const architectures = ONLY_X64.includes(line) ? ["x64"] : ["x64", "arm64"];
  if (process.platform !== "linux" || !architectures.includes(process.arch))
    return { absent: `the npm registry has no Node ${version} for ${platform}` };
  return { name: `node-linux-${process.arch}`, version };
}
