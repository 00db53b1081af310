import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";

import { expect, test } from "vitest";

test("a fetch to another machine fails before a byte leaves", async () => {
  const failure = await fetch("http://flynn.example.invalid/").then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  expect(String((failure?.cause as Error | undefined)?.message)).toContain("A test tried to reach flynn.example.invalid");
});

test("a raw socket to another machine is refused", () => {
  expect(() => connect(80, "192.0.2.1")).toThrow("A test tried to reach 192.0.2.1");
  expect(() => connect({ port: 80, host: "192.0.2.1" })).toThrow("A test tried to reach 192.0.2.1");
});

test("a loopback server can be reached", async () => {
  const server = createServer((_request, response) => response.end("here"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://localhost:${port}/`).then((answer) => answer.text());
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(response).toBe("here");
});
