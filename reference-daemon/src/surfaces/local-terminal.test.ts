import { trustedContextSchema } from "@flynn/sdk/elevation-gate";
import { expect, test } from "vitest";

import { localTerminalContext } from "./local-terminal.ts";

const TTY = { isTTY: true };
const PIPE = {};

test("a person is where input and output are a terminal", () => {
  const context = localTerminalContext({ uid: 1_000, stdin: TTY, stdout: TTY });
  expect(trustedContextSchema.parse(context)).toEqual({
    principalId: "local:1000",
    sessionId: expect.stringMatching(/^cli_[0-9a-f-]{36}$/u) as unknown,
    agentId: "main",
    surface: "cli",
    origin: "human",
    isDirect: true,
  });
});

test.each([
  [PIPE, TTY],
  [TTY, PIPE],
  [PIPE, PIPE],
  [{ isTTY: false }, TTY],
])("a pipe is no person: %j, %j", (stdin, stdout) => {
  expect(localTerminalContext({ uid: 0, stdin, stdout }).origin).toBe("system");
});

test("each session is another one", () => {
  const sessions = [1, 2].map(() => localTerminalContext({ uid: 0, stdin: TTY, stdout: TTY }).sessionId);
  expect(new Set(sessions).size).toBe(2);
});
