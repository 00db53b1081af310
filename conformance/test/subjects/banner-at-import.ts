import exemplar from "../../specimen/exemplar.ts";

process.stdout.write("Lease server v1, ready to serve\n");

export default exemplar;
