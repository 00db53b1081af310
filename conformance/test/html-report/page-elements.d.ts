/*
 * What the types of playwright-core name of the DOM, as far as these tests use it. With the whole of it, `document` and
 * `window` would be in reach of every test, most of which run where there is none.
 */

interface Node {
  readonly textContent: string;
}

interface HTMLElement extends Node {
  readonly tagName: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  matches(selector: string): boolean;
  closest(selector: string): HTMLElement | null;
}

type SVGElement = HTMLElement;

interface HTMLElementTagNameMap {}
