import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A call that an engine has got, as it stands on the wire. */
export interface ReceivedCall {
  /** `POST session` */
  readonly call: string;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly cookie: string | undefined;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly body: unknown;
}

export interface ScriptedEngine {
  readonly address: string;
  readonly received: readonly ReceivedCall[];
}

const PREFIX = "/resources/json/delphix/";

/** An engine that answers each call with the next answer of its script, and its last one ever after. */
export async function scriptedEngine(script: Readonly<Record<string, readonly ScriptedAnswer[]>>): Promise<ScriptedEngine> {
  const received: ReceivedCall[] = [];
  const answer = async (request: IncomingMessage): Promise<ScriptedAnswer> => {
    const call = `${request.method ?? ""} ${(request.url ?? "").replace(PREFIX, "")}`;
    const { cookie, "content-type": contentType } = request.headers;
    received.push({ call, body: await text(request), contentType, cookie });
    const answers = script[call] ?? [{ status: 404, body: { type: "ErrorResult", status: "ERROR", error: { details: `no ${call}` } } }];
    const count = received.filter((each) => each.call === call).length;
    return answers[Math.min(count, answers.length) - 1] ?? { body: null };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status = 200, body }) => {
      const cookie = received.length === 1 ? { "set-cookie": "JSESSIONID=abc123; Path=/resources; HttpOnly" } : {};
      response
        .writeHead(status, { "content-type": "application/json", ...cookie })
        .end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** The envelope of an answer that succeeded. */
export function ok(result: unknown, more: { readonly action?: string; readonly job?: string } = {}): ScriptedAnswer {
  return { body: { type: "OKResult", status: "OK", result, job: null, action: null, ...more } };
}

/** The envelope of one that did not. */
export function refused(error: object, status = 200): ScriptedAnswer {
  return {
    status,
    body: { type: "ErrorResult", status: "ERROR", error: { type: "APIError", action: null, commandOutput: null, ...error } },
  };
}
