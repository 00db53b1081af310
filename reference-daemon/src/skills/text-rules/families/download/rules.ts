import type { TextRule } from "../../text-rule.ts";
import { pipe } from "./pipe.ts";
import { script } from "./remote-code.ts";
import { install } from "./install-url.ts";
import { lure } from "./lure.ts";
import { terminal } from "./decode-run.ts";

export const downloadRules: readonly TextRule[] = [pipe, script, install, lure, terminal];
