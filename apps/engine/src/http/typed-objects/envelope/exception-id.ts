import type { EngineError, ErrorCode } from "@opendvp/model";

/** Ids that existing clients look at; every other code gets one of our own. */
const KNOWN: Partial<Readonly<Record<ErrorCode, string>>> = {
  LOGIN_FAILED: "exception.webservices.login.failed",
  TOO_MANY_ATTEMPTS: "exception.webservices.login.failed",
};

const INVALID_VERSION = "exception.webservices.session.invalid.version";
const SCHEMA_REFUSED = "exception.toolkit.cannot.update.schema";

/** What an error is called in the typed-object API. */
export function exceptionId({ code, details }: Pick<EngineError, "code" | "details">): string {
  if (code === "PLUGIN_REFUSED" && details["reason"] === "schema") return SCHEMA_REFUSED;
  if (code === "INPUT_INVALID" && details["keyword"] === "apiVersion") return INVALID_VERSION;
  return KNOWN[code] ?? exceptionIdOfCode(code);
}

/** Where nothing but the code is known, as in the record of what was asked. */
export function exceptionIdOfCode(code: ErrorCode): string {
  return KNOWN[code] ?? `exception.opendvp.${code.toLowerCase().replaceAll("_", ".")}`;
}
