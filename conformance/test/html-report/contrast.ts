import type { Page } from "playwright-core";

/** Runs in the page: each text that can be seen, with the ratio of WCAG 2 of its colour to what it stands on. */
const MEASURE = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let part = element; part; part = part.parentElement) {
      const colour = getComputedStyle(part).backgroundColor;
      if (channels(colour)[3] === 255) return colour;
    }
    return "white";
  };
  const found = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    if (!hasText || !element.checkVisibility() || element.closest("script, option")) continue;
    const [text, under] = [getComputedStyle(element).color, ground(element)];
    const [light, dark] = [luminance(text), luminance(under)].toSorted((a, b) => b - a);
    const name = element.tagName.toLowerCase() + "." + element.className + " " + text + " on " + under;
    found.set(name, (light + 0.05) / (dark + 0.05));
  }
  return [...found];
})()`;

const LEAST_RATIO = 4.5;

/** The texts of a page that are too faint, each with its ratio; it fails where it finds no text at all. */
export async function lowContrast(page: Page): Promise<readonly string[]> {
  const measured = await page.evaluate<readonly (readonly [string, number])[]>(MEASURE);
  if (measured.length === 0) throw new Error("There is no text on the page");
  return measured.filter(([, ratio]) => ratio < LEAST_RATIO).map(([name, ratio]) => `${name}: ${ratio.toFixed(2)}`);
}
