import type { TextRule } from "../../text-rule.ts";
import { reverseShell } from "./reverse-shell.ts";
import { beacon } from "./beacon.ts";
import { tunnel } from "./tunnel.ts";

export const remoteControlRules: readonly TextRule[] = [reverseShell, beacon, tunnel];
