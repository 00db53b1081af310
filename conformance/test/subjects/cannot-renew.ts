import { withContracts } from "../../mutants/wrap-instance.ts";
import claimsRenew from "./claims-renew.ts";

export default withContracts(claimsRenew, (contract) => ({ ...contract, flags: { renew: false } }));
