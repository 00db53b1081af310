export { findSandbox } from "./bubblewrap.ts";
export type { SandboxOptions } from "./bubblewrap.ts";
export type { ProcessTerminated } from "./running-calls.ts";
export { NoSandbox } from "./sandbox.ts";
export type { Sandbox } from "./sandbox.ts";
export type { StartedCall, ToolOutput, ToolResult } from "./tool-call.ts";
export { ToolExecutor } from "./tool-executor.ts";
