import type { TextRule } from "../../text-rule.ts";
import { evaluate } from "./eval.ts";
import { hiddenName } from "./hidden-name.ts";
import { unpickle } from "./deserialise.ts";
import { blind } from "./tls.ts";

export const dynamicCodeRules: readonly TextRule[] = [evaluate, hiddenName, unpickle, blind];
