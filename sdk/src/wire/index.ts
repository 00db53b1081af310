export { contractKey } from "./contract-definition.ts";
export type { ContractDefinition, MethodDefinition, PortDefinition } from "./contract-definition.ts";
export {
  clockReadingSchema,
  codedErrorSchema,
  errorFrameSchema,
  frameSchema,
  hostNotifications,
  hostRequests,
  jsonSchema,
  notificationFrameSchema,
  requestFrameSchema,
  resultFrameSchema,
  secretReferenceSchema,
  subjectNotifications,
  subjectRequests,
} from "./frames.ts";
export type {
  ClockSetResult,
  ErrorFrame,
  Frame,
  FrameId,
  Hello,
  NotificationFrame,
  OpenParams,
  RequestFrame,
  ResultFrame,
  SecretReference,
} from "./frames.ts";
export { INITIAL_CREDIT, LARGEST_FRAME_BYTES, RPC_ERROR, WIRE_PROTOCOL } from "./protocol.ts";
export { wireRequirements } from "./requirements.ts";
