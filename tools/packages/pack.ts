import { packWorkspace } from "./tarballs.ts";

/*
 * Usage: pack.ts <folder>
 * Builds every package and packs it into that folder, which must not exist yet. What uses packed packages takes the folder
 * with `--tarballs <folder>`, and packs for itself without it.
 */
const [target, ...more] = process.argv.slice(2);

if (target === undefined || more.length > 0) {
  console.error("Usage: pack.ts <folder>");
  process.exitCode = 2;
} else {
  for (const { name, path } of packWorkspace(target)) console.log(`${name}: ${path}`);
}
