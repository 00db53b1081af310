import { fileURLToPath, pathToFileURL } from "node:url";

import { saysNoHello, transportFaults } from "../../mutants/transport-faults.ts";
import type { SubjectFault } from "../drivers/driver.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import type { Mutant, SourcePatch, SubjectWrapper, TransportFault } from "./mutant.ts";
import type { MutantResult } from "./proof.ts";

/** One broken implementation to try, and how it is broken. */
export interface Trial {
  readonly kind: MutantResult["kind"];
  readonly mutant: Mutant;
  readonly fault: SubjectFault;
}

/** Every null subject, liar and mutant of one contract; `mutantModules` are those of its reference implementation. */
export async function trialsFor(suite: SuiteDefinition, mutantModules: readonly string[]): Promise<readonly Trial[]> {
  const own = ["nulls", "liars", "subject-wrappers"].map((name) =>
    fileURLToPath(new URL(`../../mutants/${name}${import.meta.url.slice(-3)}`, import.meta.url)),
  );
  const [nulls = "", liars = "", wrappers = ""] = own;
  const hasStreams = Object.values(suite.contract.methods).some((method) => method.kind === "stream");
  const faults = transportFaults.filter((fault) => hasStreams || !["WIRE-005", "WIRE-006"].some((id) => fault.kills.includes(id)));
  const isOfContract = ({ mutant }: Trial): boolean => mutant.id.endsWith(`-of-${suite.contract.name}`);
  return [
    transportTrial("null", saysNoHello),
    ...(await moduleTrials("null", nulls)),
    ...(await moduleTrials("liar", liars)).filter(isOfContract),
    ...faults.map((fault) => transportTrial("mutant", fault)),
    ...(await moduleTrials("mutant", wrappers)),
    ...(await Promise.all(mutantModules.map((module) => moduleTrials("mutant", module)))).flat(),
  ];
}

async function moduleTrials(kind: Trial["kind"], module: string): Promise<readonly Trial[]> {
  const { default: mutants } = (await import(pathToFileURL(module).href)) as {
    readonly default: readonly (SourcePatch | SubjectWrapper)[];
  };
  return mutants.map((mutant) => {
    const named = { module, id: mutant.id };
    return { kind, mutant, fault: "find" in mutant ? { patch: named } : { wrap: named } };
  });
}

function transportTrial(kind: Trial["kind"], fault: TransportFault): Trial {
  return { kind, mutant: fault, fault: { transport: (inner) => fault.transport(inner) } };
}
