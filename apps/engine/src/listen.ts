import { EngineError } from "@opendvp/model";
import type { FastifyInstance } from "fastify";

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine does not have that address",
  EACCES: "the engine's user may not listen there",
  ENOTFOUND: "that host is not known",
};

/** Begins to listen and gives the address. @throws EngineError `INPUT_INVALID` where that address cannot be had */
export async function listen(server: FastifyInstance, at: { readonly host: string; readonly port: number }): Promise<string> {
  try {
    return await server.listen(at);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    const reason = REASONS[code];
    if (reason === undefined) throw cause;
    throw new EngineError("INPUT_INVALID", `The engine cannot listen at ${at.host}:${at.port}: ${reason}.`, {
      action: "Give another address with --listen, such as 127.0.0.1:8421; port 0 takes a free one.",
      details: { host: at.host, port: at.port },
      cause,
    });
  }
}
