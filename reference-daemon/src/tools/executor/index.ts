export { findSandbox } from "./bubblewrap.ts";
export type { SandboxOptions } from "./bubblewrap.ts";
export type { EndingTimes, WriteResult } from "./running-call.ts";
export type { ProcessTerminated } from "./running-calls.ts";
export { NoSandbox } from "./sandbox.ts";
export type { Sandbox, SandboxedProgram } from "./sandbox.ts";
export type { Program } from "./start-program.ts";
export type {
  Refused,
  RefusalCode,
  StartedCall,
  TerminationCause,
  ToolCall,
  ToolEnvironment,
  ToolOutput,
  ToolResult,
} from "./tool-call.ts";
export { ToolExecutor } from "./tool-executor.ts";
export type { ToolExecutorOptions } from "./tool-executor.ts";
