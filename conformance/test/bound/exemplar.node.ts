import { bindNodeTest } from "../../src/bind/node-test.ts";

bindNodeTest({ contract: "specimen", subject: new URL("../../specimen/exemplar.ts", import.meta.url).pathname });
