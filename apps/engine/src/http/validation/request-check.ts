import type { Route } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import type { TObject, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Convert } from "typebox/value";
import { explainSchemaError, type RequestPart } from "./explain-schema-error.ts";
import { checkNesting } from "./nesting.ts";

/** A request as it came in. */
export interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** A request that fits its route. */
export interface CheckedRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Makes the check of one route's requests; compiled once. @throws EngineError `INPUT_INVALID` from the check */
export function createRequestCheck(route: Route): (raw: RawRequest) => CheckedRequest {
  const params = partCheck("path", route.params);
  const query = partCheck("query", route.query);
  const body = bodyCheck(route);
  return (raw) => ({ params: params(raw.params), query: query(raw.query), body: body(raw.body) });
}

function partCheck(part: RequestPart, schema: TObject | undefined): (value: unknown) => unknown {
  if (schema === undefined) return part === "query" ? refuseQuery : (value) => value;
  const check = createCheck(part, schema);
  // Paths and queries carry text only: `limit=5` means the number.
  return (value) => check(Convert(schema, value));
}

function bodyCheck(route: Route): (value: unknown) => unknown {
  if (route.body === undefined) return refuseBody;
  if (route.body.kind === "bytes") return nonEmptyBytes;
  const check = createCheck("body", route.body.schema);
  return (value) => {
    checkNesting(value);
    return check(value ?? {});
  };
}

function createCheck(part: RequestPart, schema: TSchema): (value: unknown) => unknown {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return value;
    throw explainSchemaError(part, schema, validator.Errors(value));
  };
}

function refuseQuery(query: unknown): unknown {
  const [name] = Object.keys(query ?? {});
  if (name === undefined) return {};
  throw new EngineError("INPUT_INVALID", `This route takes no query, and ${JSON.stringify(name.slice(0, 80))} was given.`, {
    details: { in: "query", keyword: "additionalProperties", member: name.slice(0, 80) },
  });
}

function refuseBody(body: unknown): unknown {
  const isEmpty = body === undefined || body === null || (typeof body === "object" && Object.keys(body).length === 0);
  if (isEmpty) return undefined;
  throw new EngineError("INPUT_INVALID", "This route takes no body.", { details: { in: "body", keyword: "additionalProperties" } });
}

function nonEmptyBytes(body: unknown): unknown {
  if (body instanceof Uint8Array && body.byteLength > 0) return body;
  throw new EngineError("INPUT_INVALID", "The body of the request is empty.", {
    action: "Send the file as the body, with the header `Content-Type: application/octet-stream`.",
    details: { in: "body", keyword: "minLength" },
  });
}
