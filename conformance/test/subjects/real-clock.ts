import exemplar from "../../specimen/exemplar.ts";

/** The host gives it the clock of the machine, because it says that it takes no other. */
export default { ...exemplar, clock: "real" };
