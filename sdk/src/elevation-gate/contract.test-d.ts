import { expectTypeOf } from "vitest";

import type { UnserialisableMembers } from "../kernel/index.ts";
import type { ElevationGate } from "./contract.ts";

expectTypeOf<UnserialisableMembers<ElevationGate>>().toBeNever();
