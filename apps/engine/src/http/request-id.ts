import { randomUUID } from "node:crypto";

/** The id that a caller gave a request, where it is harmless, else a new one. */
export function requestId(request: { readonly headers: Readonly<Record<string, string | string[] | undefined>> }): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}
