import { withContracts } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withContracts(exemplar, (contract) => ({ ...contract, flags: { renew: true, renews: true } }));
