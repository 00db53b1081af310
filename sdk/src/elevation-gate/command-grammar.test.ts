import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseElevateCommand, parseTtl } from "./command-grammar.ts";
import type { ElevateCommand } from "./command-grammar.ts";

function problemOf(message: string): string | undefined {
  const command = parseElevateCommand(message);
  return command?.kind === "syntax" ? command.problem : undefined;
}

/** Strings that come near to the grammar, which random ones never do. */
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom("/elevate", "confirm", "deny", "status", "revoke", "all", "--once", "--tools=", "exec", ",", "10m", "1h", "0", "m"),
      fc.constantFrom(" ", "  ", "\t", "\n", "\0", "\u00A0", "\u202E", "\u200B", "\uFEFF", "\uD800", "—", "-", "е", "／", '"', "`", ">"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  nearly,
  nearly.map((text) => `/elevate ${text}`),
);

describe("whatever the message is", () => {
  test("it is read without an error, and always in the same way", () => {
    fc.assert(
      fc.property(anything, (message) => {
        expect(parseElevateCommand(message)).toEqual(parseElevateCommand(message));
      }),
      { numRuns: 2_000 },
    );
  });

  test("it does something only when it begins with /elevate itself and has nothing invisible in it", () => {
    fc.assert(
      fc.property(anything, (message) => {
        const command = parseElevateCommand(message);
        if (command === undefined || command.kind === "syntax") return;
        expect(message).toMatch(/^\/elevate(?: |$)/u);
        expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a problem is one line that says back little of it", () => {
    fc.assert(
      fc.property(anything, (message) => {
        const problem = problemOf(message) ?? "";
        expect(problem.length).toBeLessThan(200);
        expect(problem).not.toMatch(/\p{C}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a long one takes no longer than its length", () => {
    const spaces = " ".repeat(500_000);
    expect(parseElevateCommand(`/elevate status${spaces}x`)?.kind).toBe("syntax");
    expect(parseElevateCommand(`/elevate 10m${spaces}restart${spaces}`)).toMatchObject({ kind: "request", reason: "restart" });
  });
});

const word = fc.stringMatching(/^[a-z][a-z0-9._-]{0,10}$/u);
const reason = fc
  .array(fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N}\p{P}]{0,8}$/u), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(" "))
  .filter((text) => !/(?:^| )\p{Pd}/u.test(text));
const request = fc.record(
  {
    digits: fc.integer({ min: 1, max: 99_999 }),
    unit: fc.constantFrom("s", "m", "h"),
    isOnce: fc.boolean(),
    tools: fc.array(word, { minLength: 1, maxLength: 4 }),
    reason,
  },
  { requiredKeys: ["digits", "unit", "isOnce", "reason"] },
);
const commands: fc.Arbitrary<readonly [string, ElevateCommand]> = fc.oneof(
  fc.tuple(request, fc.boolean()).map(([{ digits, unit, isOnce, tools, reason: why }, isToolsFirst]) => {
    const options = [...(tools ? [`--tools=${tools.join(",")}`] : []), ...(isOnce ? ["--once"] : [])];
    const ttlMs = digits * ({ s: 1_000, m: 60_000, h: 3_600_000 }[unit] ?? 0);
    const words = [`${digits}${unit}`, ...(isToolsFirst ? options : options.toReversed()), why];
    return [
      words.join(" "),
      { kind: "request", ttlMs, reason: why, mode: isOnce ? "once" : "window", ...(tools ? { tools } : {}) },
    ] as const;
  }),
  fc.stringMatching(/^[0-9A-Za-z-]{4,64}$/u).map((code) => [`confirm ${code}`, { kind: "confirm", code }] as const),
  fc.stringMatching(/^elv_[0-9A-Za-z_-]{1,20}$/u).map((grantId) => [`revoke ${grantId}`, { kind: "revoke", target: { grantId } }] as const),
  fc.constantFrom(
    ["", { kind: "status" }] as const,
    ["status", { kind: "status" }] as const,
    ["deny", { kind: "deny" }] as const,
    ["revoke", { kind: "revoke", target: "own" }] as const,
    ["revoke all", { kind: "revoke", target: "all" }] as const,
  ),
);

test("a command that is written out is read as what it says, with spaces around its words", () => {
  fc.assert(
    fc.property(commands, fc.constantFrom("", " ", "   "), fc.constantFrom(" ", "  "), ([words, command], after, between) => {
      expect(parseElevateCommand(`/elevate${between}${words}${after}`)).toEqual(command);
    }),
    { numRuns: 1_000 },
  );
});

test("it is inert with anything before it", () => {
  fc.assert(
    fc.property(
      commands,
      fc.constantFrom(" ", "\n", "> ", "`", "```\n", '"', "| ", "- ", "\uFEFF", "Alice: ", "\u00A0", "please "),
      ([words], before) => {
        expect(parseElevateCommand(`${before}/elevate ${words}`)).toBeUndefined();
      },
    ),
  );
});

test.each([
  "",
  " ",
  "elevate",
  "/elevated",
  "/elevate-status",
  "/elevate:",
  "//elevate",
  "/ elevate",
  "/sudo 10m",
  `/${"e".repeat(60)}`,
  "/élever",
])("ordinary text: %j", (message) => {
  expect(parseElevateCommand(message)).toBeUndefined();
});

test.each([
  ["the first letter Cyrillic", "/еlevate 10m restart nginx"],
  ["capitals", "/ELEVATE"],
  ["a capital", "/Elevate status"],
  ["a capital i for the l", "/eIevate status"],
  ["a digit for the l", "/e1evate status"],
  ["a full-width slash", "／elevate"],
  ["full-width letters", "/ｅｌｅｖａｔｅ status"],
  ["an accent", "/élevate status"],
  ["an invisible character in it", "/ele\u200Bvate"],
  ["an invisible character before it", "\u200B/elevate"],
  ["the direction changed in it", "/\u202Eelevate"],
])("what only looks like the command does nothing, and is told: %s", (_, message) => {
  expect(problemOf(message)).toBe("the command is /elevate, in lower case and these letters");
});

test.each(["\t", "\n", "\r", "\0", "\u001B", "\u007F", "\u0085", "\u200B", "\u202E", "\u2066", "\u2028", "\uFEFF", "\u{E0041}", "\uD800"])(
  "one line without control or invisible characters: %j",
  (character) => {
    expect(problemOf(`/elevate 10m restart${character}nginx`)).toContain("one line");
    expect(problemOf(`/elevate status${character}`)).toContain("one line");
  },
);

test("words are separated by plain spaces", () => {
  expect(problemOf("/elevate\tstatus")).toContain("one line");
  expect(problemOf("/elevate\n10m restart nginx")).toContain("one line");
  expect(problemOf("/elevate\u00A0status")).toBe("words are separated by plain spaces");
  expect(problemOf("/elevate \u3000status")).toBe("words are separated by plain spaces");
  expect(parseElevateCommand("/elevate 10m 更新\u3000する")).toMatchObject({ kind: "request", reason: "更新\u3000する" });
});

describe("a time", () => {
  test.each(["0", "-1", "5", "1.5h", "5m30s", "0m", "00m", "010m", "100000s", "1e3s", "+5m", "-5m", ".5h", "5M", "5min", "5,5m", "9s;"])(
    "is not %s, and the answer says what one is",
    (ttl) => {
      expect(problemOf(`/elevate ${ttl} restart nginx`)).toBe(
        `"${ttl}" is no time; write a whole number from 1 to 99999 and s, m or h, such as 10m`,
      );
      expect(parseTtl(ttl)).toBeUndefined();
    },
  );

  test.each(["m5", "m", "１０m", "٥m", "forever", "ten", "h", "NaN", "Infinity", "confirm1", "Status"])(
    "is not %s, nor is it anything else",
    (ttl) => {
      expect(problemOf(`/elevate ${ttl} restart nginx`)).toBe(
        `there is no "${ttl}"; write a time such as 10m and a reason, or confirm, deny, status, revoke`,
      );
    },
  );

  test("has its unit beside it", () => {
    expect(problemOf("/elevate 5 m restart nginx")).toContain('"5" is no time');
  });

  test("is read in milliseconds, also one that no gate allows", () => {
    expect([parseTtl("1s"), parseTtl("90s"), parseTtl("10m"), parseTtl("99999h")]).toEqual([1_000, 90_000, 600_000, 359_996_400_000]);
    expect(parseElevateCommand("/elevate 99999h restart nginx")).toMatchObject({ ttlMs: 359_996_400_000 });
  });

  test("is not said back when it is long", () => {
    expect(problemOf(`/elevate ${"9".repeat(3_000)}m x`)).toBe(
      `"${"9".repeat(24)}…" is no time; write a whole number from 1 to 99999 and s, m or h, such as 10m`,
    );
  });
});

describe("options", () => {
  const unknown = (option: string): string =>
    `there is no option "${option}" here; write --once or --tools=exec,process, each once, before the reason`;

  test.each(["--", "-once", "--Once", "--once=true", "--tool=exec", "--tools", "—once", "–tools=exec", "-", "−once", "--no-verify"])(
    "a reason does not start with a dash: %s",
    (option) => {
      expect(problemOf(`/elevate 10m ${option} restart nginx`)).toBe(unknown(option));
    },
  );

  test.each(["--once --once", "--once --tools=exec --once"])("none is given twice: %s", (options) => {
    expect(problemOf(`/elevate 10m ${options} restart nginx`)).toBe(unknown("--once"));
  });

  test("nor are the tools", () => {
    expect(problemOf("/elevate 10m --tools=exec --tools=exec restart nginx")).toBe(unknown("--tools=exec"));
  });

  test.each(["--tools=", "--tools=,", "--tools=exec,", "--tools=,exec", "--tools=exec,,process"])("tools have names: %s", (option) => {
    expect(problemOf(`/elevate 10m ${option} restart nginx`)).toBe(
      "--tools takes names with commas between them, such as --tools=exec,process",
    );
  });

  test.each(["restart nginx --once", "restart --tools=exec nginx", "restart nginx —once", "restart nginx -once"])(
    "one that comes too late is not taken for a part of the reason: %s",
    (words) => {
      expect(problemOf(`/elevate 10m ${words}`)).toBe("options come before the reason; nothing after it is one");
    },
  );

  test("other words of a reason may have dashes", () => {
    expect(parseElevateCommand("/elevate 10m run git push --force - please")).toMatchObject({ reason: "run git push --force - please" });
  });

  test.each(["/elevate 10m", "/elevate 10m --once", "/elevate 10m --tools=exec  "])("alone they are no request: %s", (message) => {
    expect(problemOf(message)).toBe("a reason is missing; say in a few words what it is for, such as /elevate 10m restart nginx");
  });
});

test.each([
  ["/elevate confirm", "confirm takes the code, and nothing else"],
  ["/elevate confirm ABCD1234 ABCD1234", "confirm takes the code, and nothing else"],
  ["/elevate confirm ABC", "a code is letters and digits"],
  ["/elevate confirm ＡＢＣＤ1234", "a code is letters and digits"],
  [`/elevate confirm ${"A".repeat(65)}`, "a code is letters and digits"],
  ["/elevate deny elv_1", "deny takes nothing after it"],
  ["/elevate status please", "status takes nothing after it"],
  ["/elevate revoke all now", "revoke takes all, the id of one grant, or nothing for your own"],
  ["/elevate revoke elv/1", "the id of a grant is letters, digits, - and _"],
])("%s", (message, problem) => {
  expect(problemOf(message)).toBe(problem);
});
