import { bindVitest } from "../../src/bind/vitest.ts";

bindVitest({ contract: "specimen", subject: new URL("../../specimen/exemplar.ts", import.meta.url).pathname });
