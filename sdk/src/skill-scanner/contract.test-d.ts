import { expectTypeOf } from "vitest";

import type { UnserialisableMembers } from "../kernel/index.ts";
import type { SkillScanner } from "./contract.ts";

expectTypeOf<UnserialisableMembers<SkillScanner>>().toBeNever();
expectTypeOf<UnserialisableMembers<{ at(): Promise<Date> }>>().toEqualTypeOf<"at">();
expectTypeOf<UnserialisableMembers<{ now(): number }>>().toEqualTypeOf<"now">();
