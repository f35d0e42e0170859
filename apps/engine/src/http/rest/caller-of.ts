import type { User } from "@opendvp/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "./handler.ts";

/** Who calls, how, and until when. */
export function callerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  known: { readonly user: User | undefined; readonly query: unknown; readonly closing: AbortSignal },
): Caller {
  const { wait } = (known.query ?? {}) as { readonly wait?: boolean };
  const lastEventId = request.headers["last-event-id"];
  return {
    ask: { by: known.user ?? { name: "nobody", role: "reader" }, isQueued: wait === true },
    user: known.user,
    signal: untilGone(reply, known.closing),
    lastEventId: typeof lastEventId === "string" ? lastEventId : undefined,
  };
}

/** Aborted when the answer is complete, the caller has gone, or the server closes. */
function untilGone(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const abort = (): void => {
    gone.abort();
    closing.removeEventListener("abort", abort);
  };
  reply.raw.once("close", abort);
  closing.addEventListener("abort", abort);
  return gone.signal;
}
