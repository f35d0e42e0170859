import { EngineError, isErrorCode, isJsonObject, type ErrorCode, type Json, type JsonObject } from "@opendvp/model";

const CODES: Readonly<Record<string, ErrorCode>> = {
  "exception.webservices.session.invalid.version": "UNSUPPORTED",
  "exception.webservices.login.failed": "LOGIN_FAILED",
  "exception.toolkit.cannot.update.schema": "PLUGIN_REFUSED",
};

/** Engines of ours name the code of an error in its id. */
const OWN = "exception.opendvp.";

/** The object that an engine answers with. @throws EngineError what it answers with instead: a failure, or no such object */
export async function readAnswer(response: Response, address: string): Promise<JsonObject> {
  const text = await response.text();
  const answer = parse(text);
  if (answer === undefined) {
    throw new EngineError(
      "ENGINE_UNREACHABLE",
      `What listens at ${address} is no engine: it answers ${response.status} without an object.`,
      {
        action: "Check the address, and its port.",
        details: { address },
      },
    );
  }
  if (response.ok && answer["status"] !== "ERROR") return answer;
  throw failure(answer, response.status);
}

function failure(answer: JsonObject, status: number): EngineError {
  const error = isJsonObject(answer["error"]) ? answer["error"] : {};
  const said = words(error["details"]).join(" ");
  const action = typeof error["action"] === "string" ? error["action"] : "";
  return new EngineError(codeOf(error["id"], status), said === "" ? `The engine refuses with ${status}.` : said, { action });
}

function codeOf(id: Json | undefined, status: number): ErrorCode {
  const text = typeof id === "string" ? id : "";
  const own = text.startsWith(OWN) ? text.slice(OWN.length).replaceAll(".", "_").toUpperCase() : "";
  if (isErrorCode(own)) return own;
  return CODES[text] ?? (status === 401 ? "LOGIN_FAILED" : status === 403 ? "NOT_LOGGED_IN" : "PLUGIN_REFUSED");
}

/** Details are a text, or an error for each member of what was sent. */
function words(details: Json | undefined): readonly string[] {
  if (typeof details === "string") return [details];
  if (!isJsonObject(details)) return [];
  return Object.entries(details).flatMap(([field, inner]) => {
    const text = isJsonObject(inner) ? words(inner["details"]) : words(inner);
    return text.map((line) => `${field}: ${line}`);
  });
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
