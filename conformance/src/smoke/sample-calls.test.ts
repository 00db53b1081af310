import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { Random } from "../judge/random.ts";
import { contracts } from "../registry/contracts.ts";
import { sampleCalls } from "./sample-calls.ts";

test.each(contracts.map((contract) => [contract.name, contract] as const))("%s has a sample call of each method", (_name, contract) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-test-"));
  const samples = sampleCalls(contract, { random: new Random("samples"), workspace: folder.path });
  expect(Object.keys(samples)).toEqual(Object.keys(contract.methods));
  for (const [method, { args }] of Object.entries(contract.methods)) expect(args.safeParse(samples[method]).error, method).toBeUndefined();
});
