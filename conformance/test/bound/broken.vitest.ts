import { bindVitest } from "../../src/bind/vitest.ts";

bindVitest({ contract: "specimen", subject: new URL("../subjects/leaks-in-result.ts", import.meta.url).pathname });
