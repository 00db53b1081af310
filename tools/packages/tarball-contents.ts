/** What is wrong with the files of a packed package; `isSource` says whether the package has a source at that path. */
export function problemsWith(files: readonly string[], outDir: string, rootDir: string, isSource: (path: string) => boolean): string[] {
  const inside = files.map((file) => file.replace(/^package\//u, ""));
  const missing = ["LICENSE", "README.md", "package.json"].filter((name) => !inside.includes(name));
  const strays = inside.filter((file) => STRAY.test(file) && !COPIED.test(file));
  const stale = staleOutputs(inside, outDir, rootDir, isSource);
  return [
    ...missing.map((name) => `${name} is missing; it is published with each package`),
    ...strays.map((file) => `${file} is not for the users of the package; exclude it with an entry "!…" under "files"`),
    ...stale.map((file) => `${file} is built from no source (any more); remove the folder ${outDir} and build again`),
  ];
}

/** Sources, tests, what the compiler keeps for itself, and maps, which lead to sources that stay at home. */
const STRAY = /\.test(-d)?\.|\.tsbuildinfo$|\.map$|(?<!\.d)\.ts$/u;

/** What the users of a package copy, or build at run time, may be sources. */
const COPIED = /^(skills|scaffolds)\//u;

/** What the build left behind of sources that have moved or gone. */
export function staleOutputs(
  files: readonly string[],
  outDir: string,
  rootDir: string,
  isSource: (path: string) => boolean,
): readonly string[] {
  return files.filter((file) => file.startsWith(`${outDir}/`) && OUTPUT.test(file) && !isSource(sourceOf(file, outDir, rootDir)));
}

const OUTPUT = /(\.d\.ts|\.js)(\.map)?$/u;

function sourceOf(file: string, outDir: string, rootDir: string): string {
  const relative = file.slice(outDir.length + 1).replace(OUTPUT, ".ts");
  return rootDir === "." ? relative : `${rootDir}/${relative}`;
}
