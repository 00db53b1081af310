import * as z from "zod";

import { secretReferenceSchema } from "@flynn/sdk/wire";

const name = z.string().min(1).max(100);

export const specimenConfigSchema = z
  .strictObject({
    /** Signs the tokens of leases. */
    signingKey: secretReferenceSchema,
  })
  .meta({ id: "SpecimenConfig" });

export const acquireRequestSchema = z
  .strictObject({
    resource: name,
    /** Milliseconds. */
    ttlMs: z.int().min(1).max(86_400_000),
  })
  .meta({ id: "AcquireRequest" });
export type AcquireRequest = z.infer<typeof acquireRequestSchema>;

export const leaseReferenceSchema = z.strictObject({ leaseId: name }).meta({ id: "LeaseReference" });
export type LeaseReference = z.infer<typeof leaseReferenceSchema>;

export const leaseSchema = z
  .strictObject({
    leaseId: name,
    resource: name,
    /** As the host's answer to `accept` gave it. */
    ticket: z.string(),
    /** HMAC-SHA256 of the lease id under the signing key, in lower-case hex. */
    token: secretReferenceSchema,
  })
  .meta({ id: "Lease" });

export const leaseStatusSchema = z
  .strictObject({
    held: z.boolean(),
    ticket: z.string().nullable(),
    /** Milliseconds until the lease is over; 0 when it is not held. */
    remainingMs: z.number().min(0),
  })
  .meta({ id: "LeaseStatus" });
export type LeaseStatus = z.infer<typeof leaseStatusSchema>;

export const releaseResultSchema = z.strictObject({ released: z.boolean() }).meta({ id: "ReleaseResult" });

export const renewRequestSchema = z.strictObject({ leaseId: name, ttlMs: z.int().min(1).max(86_400_000) }).meta({ id: "RenewRequest" });
export type RenewRequest = z.infer<typeof renewRequestSchema>;

export const journalRequestSchema = z
  .strictObject({
    /** Whether to go on with what happens from now on. */
    follow: z.boolean(),
  })
  .meta({ id: "JournalRequest" });
export type JournalRequest = z.infer<typeof journalRequestSchema>;

export const journalPartSchema = z
  .discriminatedUnion("type", [
    /** One event; `number` counts from 1 over the life of the directory. */
    z.strictObject({
      type: z.literal("event"),
      number: z.int().min(1),
      event: z.enum(["acquired", "renewed", "released"]),
      leaseId: name,
      ticket: z.string(),
    }),
    /** The last part of a journal that was read to its end, or that the caller aborted. */
    z.strictObject({ type: z.literal("finish"), reason: z.enum(["complete", "aborted"]) }),
  ])
  .meta({ id: "JournalPart" });
export type JournalPart = z.infer<typeof journalPartSchema>;

/** What the implementation tells the host when it asks for `accept`. */
export const acceptRequestSchema = z.strictObject({ resource: name, ttlMs: z.int() }).meta({ id: "AcceptRequest" });

/** The host's answer; the ticket is the host's own and is passed on unchanged. */
export const acceptAnswerSchema = z
  .discriminatedUnion("accepted", [
    z.strictObject({ accepted: z.literal(true), ticket: z.string() }),
    z.strictObject({ accepted: z.literal(false) }),
  ])
  .meta({ id: "AcceptAnswer" });
