import { Socket } from "node:net";

/*
 * A test that reaches a real service passes or fails by what that service does today. Every socket of the test process, and
 * so fetch, http and tls, may connect to this machine only. Child processes are not covered: what starts them decides.
 */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::)$/u;

type Connect = (this: Socket, ...args: unknown[]) => Socket;

const { connect } = Socket.prototype as unknown as { readonly connect: Connect };

Socket.prototype.connect = function connectToLoopback(this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args);
  if (host !== undefined && !LOOPBACK.test(host)) {
    throw new Error(`A test tried to reach ${host}. Tests use loopback peers only; give the code under test the address of one.`);
  }
  return connect.apply(this, args);
} as Connect as typeof Socket.prototype.connect;

/** Node calls connect with (options), (port, host), (path), or with all of them in one normalised array. */
function hostOf(args: readonly unknown[]): string | undefined {
  const first: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  if (typeof first === "object" && first !== null) return (first as { readonly host?: string }).host;
  return typeof first === "number" && typeof args[1] === "string" ? args[1] : undefined;
}
