import exemplar from "../../specimen/exemplar.ts";

await new Promise(() => undefined);

export default exemplar;
