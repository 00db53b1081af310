import { bindNodeTest } from "../../src/bind/node-test.ts";

bindNodeTest({ contract: "specimen", subject: new URL("../subjects/leaks-in-result.ts", import.meta.url).pathname });
