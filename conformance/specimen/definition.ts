import * as z from "zod";

import type { ContractDefinition } from "@flynn/sdk/wire";

import { SPECIMEN_ERROR_CODES } from "./errors.ts";
import { specimenRequirements } from "./requirements.ts";
import {
  acceptAnswerSchema,
  acceptRequestSchema,
  acquireRequestSchema,
  journalPartSchema,
  journalRequestSchema,
  leaseReferenceSchema,
  leaseSchema,
  leaseStatusSchema,
  releaseResultSchema,
  renewRequestSchema,
  specimenConfigSchema,
} from "./schema.ts";

export const specimenContract: ContractDefinition = {
  name: "specimen",
  version: 1,
  summary: "A lease with a time limit: the small contract on which the suite proves itself.",
  config: specimenConfigSchema,
  flags: ["renew"],
  facts: z.strictObject({}),
  methods: {
    acquire: { kind: "call", args: z.tuple([acquireRequestSchema]), value: leaseSchema },
    status: { kind: "call", args: z.tuple([leaseReferenceSchema]), value: leaseStatusSchema },
    release: { kind: "call", args: z.tuple([leaseReferenceSchema]), value: releaseResultSchema },
    renew: { kind: "call", args: z.tuple([renewRequestSchema]), value: z.strictObject({ renewed: z.boolean() }), flag: "renew" },
    journal: { kind: "stream", args: z.tuple([journalRequestSchema]), value: journalPartSchema },
    held: { kind: "call", args: z.tuple([]), value: z.strictObject({ leaseIds: z.array(z.string()) }) },
  },
  ports: { accept: { args: z.tuple([acceptRequestSchema]), value: acceptAnswerSchema } },
  errorCodes: SPECIMEN_ERROR_CODES,
  requirements: specimenRequirements,
};
