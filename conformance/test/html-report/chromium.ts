import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { chromium } from "playwright-core";
import type { BrowserContext, BrowserContextOptions } from "playwright-core";

const NAMES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium of this machine, where it has one. Nothing is downloaded. */
export function chromiumPath(): string | undefined {
  const named = process.env["CHROMIUM_PATH"];
  return named ?? NAMES.find((path) => existsSync(path));
}

/** What a test that needs it says of itself where there is none; nothing where there is one. */
export function chromiumReason(): string {
  return chromiumPath() === undefined ? " (NOT RUN: there is no Chromium on this machine; set CHROMIUM_PATH)" : "";
}

export interface OpenedBrowser {
  readonly context: BrowserContext;
  readonly close: () => Promise<void>;
}

/** A browser with a profile of its own that is removed afterwards. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<OpenedBrowser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) throw new Error(`There is no Chromium${chromiumReason()}`);
  const profile = mkdtempSync(join(tmpdir(), "flynn-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: false,
    args: FLAGS,
    ...options,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
