import * as z from "zod";

import type { ContractDefinition } from "../wire/contract-definition.ts";
import { ELEVATION_GATE_ERROR_CODES } from "./errors.ts";
import { elevationGateRequirements } from "./requirements.ts";
import {
  acquireRequestSchema,
  acquiredSchema,
  auditEventSchema,
  callFactsSchema,
  elevationConfigSchema,
  elevationPolicySchema,
  elevationReplySchema,
  elevationRequestSchema,
  endedSessionSchema,
  hookAnswerSchema,
  hookPromptSchema,
  releaseRequestSchema,
  releasedSchema,
  reloadedSchema,
  requestReplySchema,
  revokeTargetSchema,
  trustedContextSchema,
  verdictSchema,
} from "./schema.ts";

const context = trustedContextSchema;

export const elevationGateContract: ContractDefinition = {
  name: "elevation-gate",
  version: 1,
  summary: "Decides whether a high-risk tool call may run on the host: confirmed by a person, for a reason, for a while.",
  config: elevationConfigSchema,
  flags: [],
  facts: z.strictObject({}),
  methods: {
    request: { kind: "call", args: z.tuple([context, elevationRequestSchema]), value: requestReplySchema },
    confirm: { kind: "call", args: z.tuple([context, z.string().max(256)]), value: elevationReplySchema },
    deny: { kind: "call", args: z.tuple([context]), value: elevationReplySchema },
    revoke: { kind: "call", args: z.tuple([context, revokeTargetSchema]), value: elevationReplySchema },
    status: { kind: "call", args: z.tuple([context]), value: elevationReplySchema },
    check: { kind: "call", args: z.tuple([context, callFactsSchema]), value: verdictSchema },
    acquire: { kind: "call", args: z.tuple([context, acquireRequestSchema]), value: acquiredSchema },
    release: { kind: "call", args: z.tuple([releaseRequestSchema]), value: releasedSchema },
    reload: { kind: "call", args: z.tuple([elevationPolicySchema]), value: reloadedSchema },
    endSession: { kind: "call", args: z.tuple([z.string().min(1).max(256)]), value: endedSessionSchema },
  },
  ports: {
    audit: { args: z.tuple([auditEventSchema]), value: z.null() },
    hook: { args: z.tuple([hookPromptSchema]), value: hookAnswerSchema },
  },
  errorCodes: ELEVATION_GATE_ERROR_CODES,
  requirements: elevationGateRequirements,
};
