import type { TextRule } from "../../text-rule.ts";
import { persist } from "./persist.ts";
import { destroy } from "./destroy.ts";
import { privilege } from "./privilege.ts";
import { stealth } from "./stealth.ts";
import { miner } from "./miner.ts";
import { ransom } from "./ransom.ts";

export const persistenceRules: readonly TextRule[] = [persist, destroy, privilege, stealth, miner, ransom];
