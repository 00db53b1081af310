/** Ways to write a text that the text itself gives away, because something has to read it. */
export type SpellingSign = "rot13" | "reversed" | "codes" | "spaced" | "base64" | "imports" | "loose" | "lists" | "piped";

/** Names that matter, where there is white space that nobody puts there or a formatter puts there. */
const MODULES =
  "os sys subprocess requests request socket process child_process pickle marshal base64 zlib importlib urllib http https builtins ctypes pty shutil pathlib path".split(
    " ",
  );
const CALLS =
  "exec eval execsync spawn spawnsync fork fetch function require import loads load system popen run call check_output post get urlopen urlretrieve connect create_connection dup2 import_module sendall insert bytes decode fromcharcode atob from worker reverse join constructor".split(
    " ",
  );

const WORDS: Readonly<Record<SpellingSign, readonly string[]>> = {
  rot13: ["rot13", "rot_13", "rot-13", "rot 13", "n-za-m", "nopqrstuvwxyzabcdefghijklm"],
  reversed: [
    "[::-1]",
    ".reverse().join(",
    ".reverse.join",
    "join(reversed(",
    "strrev(",
    "|rev",
    "| rev",
    "rev <<<",
    '".reverse',
    "'.reverse",
    "in reverse",
    "backwards",
    "reverse the ",
    "reverse this",
    "read backward",
    "[-1..",
    "array]::reverse",
  ],
  // The commonest letters, in hex, decimal and binary, with a space to each side.
  spaced: [
    " 65 ",
    " 6e ",
    " 6f ",
    " 74 ",
    " 69 ",
    " 61 ",
    " 73 ",
    " 72 ",
    " 6E ",
    " 101 ",
    " 116 ",
    " 111 ",
    " 110 ",
    " 105 ",
    " 115 ",
    " 114 ",
    " 97 ",
    "01100101 ",
    "01101110 ",
    "01110100 ",
    "01101001 ",
    ":65:",
    "-65-",
    ":6e:",
    "-6e-",
  ].map((word) => word.toLowerCase()),
  base64: ["base64", "base 64", "b64"],
  loose: [
    "?.(",
    "?.[",
    ...MODULES.flatMap((name) => [" .", "  ", " \t", "\t.", "\t\t", "\t ", ". ", ".\t"].map((space) => `${name}${space}`)),
    ...CALLS.flatMap((name) =>
      [" (", "  (", "   ", " \t", "\t(", "\t\t", "\t ", "( ", "(\t", "(\n", "(\r"].map((space) => `${name}${space}`),
    ),
  ],
  lists: ['.join("")', ".join('')", '"".join', "''.join", ".join(``)"],
  // A command whose words are in a list.
  piped: ['"|"', "'|'"],
  imports: [" import ", "\nimport ", "import os as", "import subprocess as", "import {", "} = require(", "}=require(", "} = await import("],
  codes: [
    "charcode",
    "bytes(",
    "byte[",
    "bytearray",
    "chr",
    "[char",
    "char(",
    "uint8array",
    "buffer.from",
    "ascii",
    "character code",
    "char code",
    "decimal code",
  ],
};

export const SPELLING_SIGNS: ReadonlyMap<string, SpellingSign> = new Map(
  Object.entries(WORDS).flatMap(([sign, words]) => words.map((word) => [word, sign as SpellingSign])),
);
