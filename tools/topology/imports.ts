/** One module that a file names, in a static or dynamic import or in a re-export, type-only ones included. */
const IMPORT = /(?:^|\n)\s*(?:(?:import|export)\b[^"';]*?\bfrom\s+|import\s+)["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gu;

export function importsOf(text: string): string[] {
  return Array.from(text.matchAll(IMPORT), (match) => match[1] ?? match[2] ?? "");
}

/** `@scope/name` or `name` of a bare specifier; undefined for relative ones and Node's own modules. */
export function packageNameOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:") || specifier.startsWith("/")) return undefined;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}
