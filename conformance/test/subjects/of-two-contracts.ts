import exemplar from "../../specimen/exemplar.ts";

const { "specimen@1": specimen } = exemplar.contracts;

/** It offers more than one contract; that none of them but the specimen is one is nobody's question here. */
export default { ...exemplar, contracts: { "skill-scanner@1": specimen, "elevation-gate@1": specimen } };
