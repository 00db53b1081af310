import type { TextRule } from "../../text-rule.ts";
import { override } from "./override.ts";
import { role } from "./role.ts";
import { delimiter } from "./delimiter.ts";
import { conceal } from "./conceal.ts";
import { leak } from "./leak.ts";
import { safety } from "./safety.ts";
import { authority } from "./authority.ts";
import { confirmation } from "./confirmation.ts";
import { memory } from "./memory.ts";
import { tool } from "./tool.ts";
import { remote } from "./remote.ts";
import { encodedOrder } from "./encoded-order.ts";
import { exfiltration } from "./exfiltrate.ts";

export const injectionRules: readonly TextRule[] = [
  override,
  role,
  delimiter,
  conceal,
  leak,
  safety,
  authority,
  confirmation,
  memory,
  tool,
  remote,
  encodedOrder,
  exfiltration,
];
