import { EngineError } from "@opendvp/model";

/**
 * The cookie alone says who asks, and any web page can make a browser send it: a request that a browser sends on behalf of a page
 * of somebody else is refused. Other programs name no origin.
 * @throws EngineError `NOT_ALLOWED`
 */
export function checkOrigin(headers: { readonly origin?: string | undefined; readonly host?: string | undefined }): void {
  if (headers.origin === undefined || hostOf(headers.origin) === headers.host) return;
  throw new EngineError("NOT_ALLOWED", "This request comes from a page of another server.", {
    action: "Use this API from programs, or from pages that this engine serves.",
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
