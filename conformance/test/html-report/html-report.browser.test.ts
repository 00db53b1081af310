import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { htmlReport } from "../../src/report/html/html-report.ts";
import { chromiumPath, chromiumReason, openBrowser } from "./chromium.ts";
import type { OpenedBrowser } from "./chromium.ts";
import { lowContrast } from "./contrast.ts";
import { failedCase, failedRow, largeReport, reportOf, sampleCase, sampleRow, sampleRun, transcriptOf } from "./sample-report.ts";

/** Chromium takes part of a second to start, and longer where other tests run beside it. */
const PATIENCE = 60_000;

/** Not a measure, which is what `pnpm bench html-report` is for: a page that takes longer hangs. */
const HANG_MS = 3_000;

const HOSTILE = `</script><script>document.title = "taken"</script><img src="http://flynn.example.invalid/x" onerror="document.title = 'taken'">`;

const everyStatus = reportOf([
  sampleRun(
    [
      sampleRow("WIRE-001"),
      sampleRow("TOY-001", { cases: [sampleCase("TOY-001/one", { transcript: transcriptOf(4) })] }),
      failedRow("TOY-002"),
      failedRow("TOY-003", {
        text: "A lease `ends` at its time.",
        cases: [failedCase("TOY-003/one", { transcript: [hostileLine(), ...transcriptOf(30)] })],
      }),
      failedRow("TOY-004", { status: "WARN", level: "SHOULD" }),
      sampleRow("TOY-005", { status: "INCONCLUSIVE", blockedBy: "TOY-003", cases: [] }),
      sampleRow("TOY-006", { status: "NOT_RUN", reason: "There are no FIFOs here.", cases: [], isHostLimit: true }),
      sampleRow("TOY-007", { status: "N/A", reason: "It does not declare `renew`.", cases: [] }),
      sampleRow("TOY-008", { status: "HARNESS_ERROR", reason: "The suite threw.", cases: [] }),
    ],
    {
      acceptedHostLimits: ["TOY-006"],
      capabilities: [
        { flag: "renew", declared: false, observed: "works", judgement: "under-claims", rows: ["TOY-003"] },
        { flag: "stream", declared: true, observed: "works", judgement: "honest", rows: ["TOY-002"] },
      ],
      untestable: [{ id: "TOY-009", text: "It forgets.", reason: "Nobody can see into its memory." }],
    },
  ),
  sampleRun([sampleRow("WIRE-001"), sampleRow("GAME-001")], { contract: "game@2", verdict: "conformant" }),
]);

const killMatrices = [{ contract: "toy@1", mutants: [{ id: "forgets-the-ticket", kind: "mutant", fails: ["TOY-002"] }] }] as const;

function hostileLine(): ReturnType<typeof transcriptOf>[number] {
  return { direction: "stderr", text: HOSTILE, atMs: 0 };
}

describe.skipIf(chromiumPath() === undefined)(`the HTML report in Chromium${chromiumReason()}`, () => {
  let folder: string;
  let address: string;
  let largeAddress: string;
  let browser: OpenedBrowser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "flynn-html-report-"));
    address = pathToFileURL(join(folder, "report.html")).href;
    largeAddress = pathToFileURL(join(folder, "large.html")).href;
    writeFileSync(join(folder, "report.html"), htmlReport(everyStatus, { killMatrices }));
    writeFileSync(join(folder, "large.html"), htmlReport(largeReport()));
    browser = await openBrowser();
  }, PATIENCE);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  }, PATIENCE);

  async function opened(fragment = "", size = { width: 1280, height: 900 }): Promise<Page> {
    const page = await browser.context.newPage();
    await page.setViewportSize(size);
    await page.goto(`${address}${fragment}`);
    return page;
  }

  /** For who changes how the page looks: HTML_REPORT_SCREENSHOTS names a folder for them. */
  async function keepScreenshots(page: Page, colorScheme: string): Promise<void> {
    const kept = process.env["HTML_REPORT_SCREENSHOTS"];
    if (kept === undefined) return;
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 1_400 });
      await page.screenshot({ path: join(kept, `report-${colorScheme}-${width}.png`) });
    }
  }

  const shownRows = (page: Page): Promise<readonly string[]> =>
    page.locator(".row:not([hidden])").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-id") ?? ""));

  test("it says nothing on the console, asks for nothing, and nothing of the subject runs", async () => {
    const page = await browser.context.newPage();
    const said: string[] = [];
    const requested: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => requested.push(request.url()));
    await page.goto(address);
    await page.locator("#open-all").click();
    expect(said).toEqual([]);
    expect(requested).toEqual([address]);
    expect(await page.title()).toBe("1 of 2 contracts conformant · my-toy 1.2.0");
    await page.close();
  });

  test("what needs work is first and open, what passed is folded", async () => {
    const page = await opened();
    expect((await shownRows(page)).slice(0, 3)).toEqual(["TOY-003", "TOY-002", "TOY-008"]);
    expect(await page.locator("#TOY-003").isVisible()).toBe(true);
    expect(await page.getByText("What TOY-001 asks").isVisible()).toBe(false);
    await page.close();
  });

  test("filters by status, level, contract and text, counts, and starts again where nothing matches", async () => {
    const page = await opened();
    await page.getByRole("checkbox", { name: "FAIL" }).check();
    expect(await shownRows(page)).toEqual(["TOY-003", "TOY-002"]);
    await page.getByRole("checkbox", { name: "FAIL" }).uncheck();
    await page.getByLabel("Level").selectOption("SHOULD");
    expect(await shownRows(page)).toEqual(["TOY-004"]);
    await page.getByLabel("Level").selectOption("");
    await page.getByRole("combobox", { name: "Contract" }).selectOption("game@2");
    expect(await shownRows(page)).toEqual(["WIRE-001", "GAME-001"]);
    expect(await page.locator("#shown").textContent()).toBe("2 of 12 requirements shown");
    expect(await page.getByText("What GAME-001 asks").isVisible()).toBe(true);
    await page.getByLabel("Text").fill("no such words");
    expect(await page.getByText("Nothing matches these filters.").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Show all requirements" }).click();
    expect(await page.locator("#shown").textContent()).toBe("12 of 12 requirements shown");
    await page.getByLabel("Text").fill("lease ENDS");
    expect(await shownRows(page)).toEqual(["TOY-003"]);
    await page.getByRole("button", { name: "Reset" }).click();
    expect(await shownRows(page)).toHaveLength(12);
    expect(await page.getByText("What TOY-001 asks").isVisible()).toBe(false);
    await page.close();
  });

  test("filters stay in the address and are there after a reload", async () => {
    const page = await opened();
    await page.getByRole("checkbox", { name: "WARN" }).check();
    await page.getByLabel("Text").fill("toy & <b>");
    await page.waitForURL(/q=/u);
    await page.reload();
    expect(await page.getByRole("checkbox", { name: "WARN" }).isChecked()).toBe(true);
    expect(await page.getByLabel("Text").inputValue()).toBe("toy & <b>");
    expect(await page.getByText("Nothing matches these filters.").isVisible()).toBe(true);
    await page.close();
  });

  test.each([
    ["#TOY-001", "#TOY-001"],
    ["#game:WIRE-001", "#game\\:WIRE-001"],
    ["#TOY-007", "#TOY-007"],
    ["#WIRE-001", "#toy\\:WIRE-001"],
  ])("the address %s opens its row", async (fragment, row) => {
    const page = await opened(fragment);
    expect(await page.locator(row).isVisible()).toBe(true);
    expect(await page.locator(`.row:has(> ${row}) > summary`).evaluate((summary) => summary.matches(":focus"))).toBe(true);
    await page.close();
  });

  test("a link to a row that is filtered out shows it, and keys go from row to row", async () => {
    const page = await opened("#status=INCONCLUSIVE");
    expect(await shownRows(page)).toEqual(["TOY-005"]);
    await page.locator(".blocker a").click();
    expect(await page.locator("#TOY-003").isVisible()).toBe(true);
    await page.keyboard.press("j");
    expect(await page.locator(".row[data-id=TOY-002] > summary").evaluate((summary) => summary.matches(":focus"))).toBe(true);
    await page.keyboard.press("/");
    expect(await page.getByLabel("Text").evaluate((field) => field.matches(":focus"))).toBe(true);
    await page.close();
  });

  test(
    "without the script every row can be read, and a fragment opens its row",
    async () => {
      const { context, close } = await openBrowser({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`${address}#TOY-001`);
      expect(await page.locator("#TOY-001").isVisible()).toBe(true);
      expect(await page.locator("#filters").isVisible()).toBe(false);
      await close();
    },
    PATIENCE,
  );

  test.each([360, 1280])("at %i px the page does not scroll sideways, with every part of it open", async (width) => {
    const page = await opened("", { width, height: 900 });
    await page.locator("details").evaluateAll((parts) => parts.forEach((part) => part.setAttribute("open", "")));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });

  test.each(["light", "dark"] as const)("in the %s scheme each text has a contrast of 4.5 or more", async (colorScheme) => {
    const page = await opened();
    await page.emulateMedia({ colorScheme });
    await keepScreenshots(page, colorScheme);
    await page.locator("details").evaluateAll((parts) => parts.forEach((part) => part.setAttribute("open", "")));
    expect(await lowContrast(page)).toEqual([]);
    await page.close();
  });

  test("landmarks, headings in order, and a name for each control", async () => {
    const page = await opened();
    for (const role of ["banner", "search", "main", "navigation", "contentinfo"] as const)
      expect(await page.getByRole(role).count()).toBe(1);
    const levels = await page
      .locator("h1, h2, h3, h4, h5")
      .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    const unnamed = await page
      .locator("input, select, button, summary, a, [role=region], nav, search")
      .evaluateAll((parts) =>
        parts
          .filter((part) => !(part.textContent.trim() !== "" || part.getAttribute("aria-label") || part.closest("label")))
          .map((part) => part.outerHTML),
      );
    expect(unnamed).toEqual([]);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.close();
  });

  test("the command that runs a row again is copied as it stands", async () => {
    const page = await opened();
    await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the command that runs TOY-003 again" }).click();
    await page.getByRole("button", { name: /^Copied/u }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
      "flynn-conformance run --only TOY-003 --seed 5eed --trace toy ./toy.ts",
    );
    await page.close();
  });

  test(
    "a report of 300 rows does not hang",
    async () => {
      const page = await browser.context.newPage();
      await page.goto(largeAddress, { timeout: PATIENCE });
      const opening = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd");
      expect(opening).toBeLessThan(HANG_MS);
      await page.close();
    },
    PATIENCE,
  );
});
