import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { htmlReport } from "../../src/report/html/html-report.ts";
import { openBrowser } from "./chromium.ts";
import { largeReport } from "./sample-report.ts";

/*
 * Started by `pnpm bench html-report` with the number of rounds; writes what each page took as JSON. It is here
 * because the browser is a dependency of this package.
 */

/** From the start of the navigation until everything is laid out and a frame was made of it. */
const OBSERVE = `addEventListener("load", () => {
  const height = document.documentElement.scrollHeight;
  requestAnimationFrame(() => setTimeout(() => { globalThis.flynnOpened = { ms: performance.now(), height }; }));
});`;

interface Opening {
  readonly elapsedMs: number;
  /** Of the page's main thread, which other work on the machine does not lengthen. */
  readonly cpuMs: number;
}

const rounds = Number(process.argv[2] ?? "1");
const folder = mkdtempSync(join(tmpdir(), "flynn-bench-html-report-"));
const startedAt = performance.now();
const report = htmlReport(largeReport());
const renderMs = performance.now() - startedAt;
const bytes = Buffer.byteLength(report);
const text = "What crossed the wire, in as many bytes.\n";
const pages = {
  report,
  "plain text": `<!doctype html><title>text</title><pre>${text.repeat(Math.ceil(bytes / text.length))}</pre>`,
  empty: "<!doctype html><title>empty</title>",
};

const { context, close } = await openBrowser({ viewport: { width: 1280, height: 900 } });
await context.addInitScript(OBSERVE);
const openings: Record<string, Opening[]> = {};
// In turns, so that whatever else the machine does hits all of them alike.
for (let round = 0; round < rounds; round += 1) {
  for (const [name, page] of Object.entries(pages)) openings[name] = [...(openings[name] ?? []), await open(name, page)];
}
await close();
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify({ bytes, renderMs, openings }));

async function open(name: string, content: string): Promise<Opening> {
  const file = join(folder, `${name.replaceAll(" ", "-")}.html`);
  writeFileSync(file, content);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => "flynnOpened" in globalThis);
  const elapsedMs = await page.evaluate<number>("flynnOpened.ms");
  const { metrics } = await session.send("Performance.getMetrics");
  await page.close();
  return { elapsedMs, cpuMs: (metrics.find((metric) => metric.name === "ThreadTime")?.value ?? Number.NaN) * 1_000 };
}
