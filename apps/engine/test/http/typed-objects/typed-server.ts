import type { Role } from "@opendvp/core";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { onTestFinished } from "vitest";
import { createHttpServer } from "../../../src/http/index.ts";
import type { MemoryEngine } from "../../memory-engine/memory-engine.ts";
import { createSeededEngine } from "../../memory-engine/seeded-engine.ts";

export const PREFIX = "/resources/json/delphix";
export const CURRENT = { type: "APIVersion", major: 1, minor: 11, micro: 16 };

export interface CallOptions {
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TypedServer {
  readonly server: FastifyInstance;
  readonly engine: MemoryEngine;
  /** A call below the API's prefix. */
  call(method: string, path: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  /** Begins a session and logs in; gives the cookie as the server has set it, attributes and all. */
  logIn(role?: Role): Promise<string>;
  /** Where it listens, once asked for. */
  listen(): Promise<number>;
}

/** A server before a seeded engine; closed when the test that made it ends. */
export async function createTypedServer(options: { readonly sessionIdleMs?: number } = {}): Promise<TypedServer> {
  const { engine } = createSeededEngine();
  const identity = { id: "1", name: "test-engine", uuid: "00000000-0000-4000-8000-000000000001" };
  const server = await createHttpServer({ engine, identity, version: "0.1.0", ...options });
  onTestFinished(() => server.close());
  const call: TypedServer["call"] = (method, path, { body, cookie, headers = {} } = {}) =>
    server.inject({
      method: method as "GET",
      url: `${PREFIX}/${path}`,
      headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  const logIn: TypedServer["logIn"] = async (role = "admin") => {
    const begun = await call("POST", "session", { body: { type: "APISession", version: CURRENT } });
    const cookie = String(begun.headers["set-cookie"]);
    await call("POST", "login", { cookie, body: { type: "LoginRequest", username: role, password: `${role}-secret` } });
    return cookie;
  };
  const listen = async (): Promise<number> => Number(new URL(await server.listen({ host: "127.0.0.1", port: 0 })).port);
  return { server, engine, call, logIn, listen };
}
