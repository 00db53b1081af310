/** A fenced block: the first word after the fence, the rest of that line, and what is inside. */
export interface CodeBlock {
  readonly language: string;
  readonly info: string;
  readonly text: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
}

export function codeBlocksOf(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; info: string; line: number; inside: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (open) {
      if (line.trim() === open.fence) {
        blocks.push({ language: open.language, info: open.info, line: open.line, text: open.inside.map((inner) => `${inner}\n`).join("") });
        open = undefined;
      } else open.inside.push(line);
      continue;
    }
    const opening = /^(`{3,})\s*(\S*)\s*(.*)$/u.exec(line);
    if (opening?.[1] !== undefined) {
      open = { fence: opening[1], language: opening[2] ?? "", info: (opening[3] ?? "").trim(), line: index + 1, inside: [] };
    }
  }
  if (open) throw new Error(`The code block at line ${open.line} has no end`);
  return blocks;
}

/** The text without its code blocks, where `#` and `[x](y)` mean something else. */
function proseOf(markdown: string): string {
  return markdown.replace(/^(`{3,}).*\n(?:(?!\1).*\n)*\1\s*$/gmu, "");
}

/** The anchors that headings get. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = Array.from(proseOf(markdown).matchAll(/^#{1,6} (.+)$/gmu), (match) => match[1] ?? "");
  const anchors = new Set<string>();
  for (const heading of headings) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/gu, "-");
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The targets of all links, without the ones in code. */
export function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown).replaceAll(/`[^`\n]*`/gu, "");
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/gu), (match) => match[1] ?? "");
}
