/** Parts of patterns that several families of commands share. All of them are bounded. */

/** Something of one command line: it may go on over a continued line, and ends at the line's end. */
export const REST = String.raw`(?:[^\n]|\\\n){0,400}?`;

/** A program that runs what it is given. */
export const INTERPRETER = String.raw`(?:(?:\/usr)?(?:\/local)?\/?(?:bin\/)?(?:env\s{1,4})?(?:ba|z|da|k|a|c|tc|fi)?sh|python(?:\d(?:\.\d{1,2})?)?|node(?:js)?|deno|bun|perl|ruby|php|pwsh|powershell(?:\.exe)?|osascript|lua|tclsh|busybox\s{1,3}sh|source|\.)`;

/** sudo and the like may stand before it. */
export const AS_ROOT = String.raw`(?:(?:sudo|doas|nohup|exec|command|time|xargs|nice|env)(?:\s{1,4}-[A-Za-z-]{1,20}(?:[ =][\w@./-]{1,40})?){0,3}\s{1,4}(?:[A-Z_]{1,20}=\S{0,60}\s{1,3}){0,3}){0,3}`;

export const FETCHER = String.raw`(?:curl|wget|fetch|http|aria2c|axel|lynx|w3m|xh)`;
