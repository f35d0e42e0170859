import { EngineError } from "@opendvp/model";

/** What the HTTP framework throws about a request, by its code. */
const OF_THE_REQUEST: Readonly<Record<string, (limitBytes: number) => EngineError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (limitBytes) =>
    new EngineError("TOO_LARGE", `The body of the request is larger than the ${limitBytes} bytes that this route takes.`, {
      action: "Send less at once.",
      details: { limitBytes },
    }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new EngineError("INPUT_INVALID", "The body of the request has a content type that this route does not take.", {
      action: "Send JSON, with the header `Content-Type: application/json`.",
      details: { keyword: "content-type" },
    }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new EngineError("INPUT_INVALID", "The body of the request is not as long as its Content-Length says.", {
      details: { keyword: "content-length" },
    }),
  FST_ERR_BAD_URL: () =>
    new EngineError("INPUT_INVALID", "The address of the request is not well-formed.", { action: "Percent-encode names in paths." }),
};

/** A thrown value as the error to answer with, where the request's route takes so much; or undefined where it is not about the request. */
export function frameworkError(thrown: unknown, limitBytes: number): EngineError | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  const { code, statusCode } = thrown as { readonly code?: unknown; readonly statusCode?: unknown };
  const known = typeof code === "string" ? OF_THE_REQUEST[code] : undefined;
  if (known !== undefined) return known(limitBytes);
  const isClients = typeof statusCode === "number" && statusCode >= 400 && statusCode < 500;
  return isClients ? new EngineError("INPUT_INVALID", "The request is not well-formed.") : undefined;
}
