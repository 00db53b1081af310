import type { Choices } from "../choices.ts";
import type { Rewrite } from "../rewrite.ts";
import type { Files, Sample } from "../sample.ts";

/** Files whose name makes them what they are. */
const FIXED_NAME =
  /(?:^|\/)(?:SKILL\.md|package\.json|Makefile|Dockerfile|conftest\.py|setup\.py|pip\.conf|\.[^/]*|[^/]*\.(?:test|config)\.\w+|[^/]*\.pth|.*\.ipynb|pyproject\.toml)$|^\.|\/\./u;

const FOLDERS = [
  "docs/",
  "tests/",
  "__tests__/",
  "test/fixtures/",
  "node_modules/left/",
  ".hidden/",
  "examples/",
  "references/",
  "security/samples/",
  "vendor/third_party/",
  "dist/",
  ".github/",
  "a/b/c/d/e/f/g/h/",
];

/** The same file in another place, or under another name, with every mention of it changed. */
export const placeRewrites: readonly Rewrite[] = [
  moved("move", "in another folder", (path, choices) => choices.pick(FOLDERS) + path.slice(path.lastIndexOf("/") + 1)),
  ...["txt", "md", "json", "html", "csv", "log", "svg", "yaml"].map((extension) =>
    renamed(`extension-${extension}`, `as a file named .${extension}`, (path) => `${stem(path)}.${extension}`),
  ),
  renamed("extension-none", "as a file without an extension", (path) => stem(path)),
  moved("extension-test", "as a file of tests", (path) => path.replace(/(\.\w+)?$/u, ".test$1")),
  renamed(
    "extension-odd",
    "as a file with an extension that means nothing",
    (path, choices) => `${stem(path)}.${choices.pick(["dat", "bak", "tmpl", "example", "orig"])}`,
  ),
  renamed("dotfile", "as a file with a dot before its name", (path) => path.replace(/([^/]+)$/u, ".$1")),
  renamed("prose-name", "as LICENSE, CHANGELOG or README", (path, choices) =>
    path.replace(/[^/]+$/u, choices.pick(["LICENSE", "CHANGELOG", "README", "SECURITY"])),
  ),
];

/** Whether what runs or reads the file does not care about its extension. */
function runsUnderAnyName(path: string, text: string): boolean {
  if (/\.(?:sh|bash|py|rb|pl|php|txt|md)$|^[^.]+$/u.test(path)) return true;
  return /\.[cm]?js$/u.test(path) && !/^(?:import|export)\b|\bawait\b/mu.test(text);
}

type Rename = (path: string, choices: Choices) => string;

function renamed(id: string, what: string, rename: Rename): Rewrite {
  return moved(id, what, rename, runsUnderAnyName);
}

function moved(id: string, what: string, rename: Rename, isMovable: (path: string, text: string) => boolean = () => true): Rewrite {
  return {
    id,
    what,
    rewrite: (sample, choices) => {
      const movable = sample.changed.filter((path) => !FIXED_NAME.test(path) && isMovable(path, sample.files.get(path) ?? ""));
      return movable.reduce<Files | null>((files, path) => placed(sample, files, path, rename(path, choices)), null);
    },
  };
}

function placed({ files: original }: Sample, changed: Files | null, path: string, target: string): Files | null {
  const files = changed ?? original;
  if (target === path || files.has(target)) return changed;
  return new Map([...files].map(([name, text]) => [name === path ? target : name, text.replaceAll(path, target)]));
}

function stem(path: string): string {
  return path.replace(/\.\w+$/u, "");
}
