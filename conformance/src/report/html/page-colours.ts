/** Both schemes. Each text has 4.5:1 or more on what it stands on; the browser test computes it. */
export const PAGE_COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #ffffff; --sunk: #f0f2f4; --text: #1a1f24; --quiet: #56606b; --line: #d3d9df; --accent: #0b57a4; --focus: #0b57a4;
  --fail: #b0231b; --fail-on: #fdeceb; --warn: #7c4a00; --warn-on: #fff1d0; --pass: #13632f; --pass-on: #e3f4e8;
  --wait: #5a3d9c; --wait-on: #efebfb; --idle: #3f5063; --idle-on: #e6ebf0; --harness: #8c1160; --harness-on: #fde7f3;
  --expected-mark: #c4ecd0; --got-mark: #ffd2ce; --to: #0b57a4; --from: #6a3e00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #121518; --card: #1a1e22; --sunk: #22272c; --text: #e7eaed; --quiet: #a3adb7; --line: #39414a; --accent: #86bdff; --focus: #86bdff;
    --fail: #ff9f97; --fail-on: #3d1a18; --warn: #f3c264; --warn-on: #362a10; --pass: #84d79c; --pass-on: #14311d;
    --wait: #c4b0ff; --wait-on: #2a2244; --idle: #b9c6d3; --idle-on: #28313a; --harness: #ff9fd3; --harness-on: #3c1630;
    --expected-mark: #1f5a33; --got-mark: #712925; --to: #86bdff; --from: #efc07a;
  }
}
.is-fail { --ink: var(--fail); --paper: var(--fail-on); }
.is-harness-error { --ink: var(--harness); --paper: var(--harness-on); }
.is-warn { --ink: var(--warn); --paper: var(--warn-on); }
.is-inconclusive { --ink: var(--wait); --paper: var(--wait-on); }
.is-not-run, .is-n-a, .is-not-testable { --ink: var(--idle); --paper: var(--idle-on); }
.is-pass { --ink: var(--pass); --paper: var(--pass-on); }
.good { --ink: var(--pass); --paper: var(--pass-on); }
.bad { --ink: var(--fail); --paper: var(--fail-on); }
.open { --ink: var(--idle); --paper: var(--idle-on); }
`;
