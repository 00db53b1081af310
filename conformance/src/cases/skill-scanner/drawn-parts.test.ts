import { describe, expect, it } from "vitest";

import { drawnParts } from "./drawn-parts.ts";

describe("drawnParts", () => {
  it("leaves out the prefix and the ending of a format", () => {
    expect(drawnParts("sk-ant-api03-AbCdEfGhIjKlMnOpAA", "sk-ant-api03-1234567890123456AA")).toEqual(["AbCdEfGhIjKlMnOp"]);
  });

  it("leaves out what two of a kind share in their middle", () => {
    const [one, other] = ["first-part-of-it", "other-part-of-that"];
    expect(drawnParts(`${one}.the-public-claims.QWERTZUIOPASDF`, `${other}.the-public-claims.YXCVBNMLKJHGFD`)).toEqual([
      "first-part-of-i",
      "QWERTZUIOPASDF",
    ]);
  });

  it("knows no part of a credential that is all format, or too short to tell", () => {
    expect(drawnParts("AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAA")).toEqual([]);
    expect(drawnParts("key-1234", "key-5678")).toEqual([]);
  });
});
