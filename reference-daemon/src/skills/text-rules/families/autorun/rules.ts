import type { TextRule } from "../../text-rule.ts";
import { hook } from "./install-hook.ts";
import { editor } from "./editor.ts";
import { registry } from "./registry.ts";
import { load } from "./load-time.ts";
import { tools } from "./allowed-tools.ts";
import { scheduled } from "./test-file.ts";

export const autorunRules: readonly TextRule[] = [hook, editor, registry, load, tools, scheduled];
