import * as z from "zod";

const amounts = {
  /** Of the tarball; 1 kB is 1000 bytes. */
  tarballKb: z.number(),
  /** Of everything that is installed with the package; 1 MB is 1000000 bytes. */
  installedMb: z.number(),
  /** Packages that are installed: those of this workspace, the package itself among them, and those of others. */
  own: z.int(),
  thirdParty: z.int(),
};

export const budgetSchema = z.record(z.string(), z.strictObject({ ...amounts, reason: z.string().min(20) }));
export type Budget = z.infer<typeof budgetSchema>;

export const measuredSchema = z.strictObject(amounts);
export type Measured = z.infer<typeof measuredSchema>;

/** Smaller than this share of its budget means that the budget no longer holds anything. */
const LOOSE = 0.6;

const UNITS: Readonly<Record<keyof Measured, string>> = {
  tarballKb: "kB of tarball",
  installedMb: "MB installed",
  own: "packages of this workspace",
  thirdParty: "packages of others",
};

/** Where packages are larger than their budget allows, and where the budget fits nothing that was measured. */
export function budgetProblems(measured: Readonly<Record<string, Measured>>, budget: Budget): string[] {
  const names = [...new Set([...Object.keys(measured), ...Object.keys(budget)])];
  return names.flatMap((name) => {
    const [found, allowed] = [measured[name], budget[name]];
    if (!allowed) return [`${name} has no entry in tools/packages/budget.json; add one with a reason`];
    if (!found) return [`${name} has an entry in tools/packages/budget.json and is no package; take the entry out`];
    return (Object.keys(UNITS) as (keyof Measured)[]).flatMap((amount) => {
      const [is, may] = [found[amount], allowed[amount]];
      if (is > may)
        return [
          `${name}: ${is} ${UNITS[amount]}, and ${may} are allowed; take out what came in, or raise ${amount} in tools/packages/budget.json and say why`,
        ];
      if (is < may * LOOSE)
        return [`${name}: ${is} ${UNITS[amount]}, and ${may} are allowed; lower ${amount} in tools/packages/budget.json to hold that`];
      return [];
    });
  });
}
