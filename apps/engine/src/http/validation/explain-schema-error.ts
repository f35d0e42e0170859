import { EngineError, type JsonObject } from "@opendvp/model";
import type { TSchema } from "typebox";
import type { TLocalizedValidationError } from "typebox/error";
import { nearest } from "./nearest.ts";

/** What a request consists of, as its reader names it. */
export type RequestPart = "body" | "query" | "path";

/**
 * The error for a part of a request that does not fit its schema: names the member, the rule, and for an unknown member
 * the near ones. The value itself, which may be a secret, is not repeated.
 */
export function explainSchemaError(part: RequestPart, schema: TSchema, errors: readonly TLocalizedValidationError[]): EngineError {
  const error = errors.find((candidate) => candidate.keyword !== "boolean") ?? errors[0];
  if (error === undefined) return new EngineError("INPUT_INVALID", `The ${part} of the request is invalid.`);
  const unknown = unknownMember(error);
  if (unknown !== undefined)
    return unknownMemberError({ part, path: error.instancePath, member: unknown }, membersAt(schema, error.instancePath));
  const place = error.instancePath === "" ? "" : ` at ${error.instancePath}`;
  return new EngineError("INPUT_INVALID", `The ${part} of the request is invalid${place}: it ${ruleText(error)}.`, {
    action: "See /v3/docs for what this route takes.",
    details: { in: part, path: error.instancePath, keyword: error.keyword },
  });
}

function ruleText(error: TLocalizedValidationError): string {
  const { allowedValues } = error.params as { readonly allowedValues?: readonly unknown[] };
  return allowedValues === undefined ? error.message : `must be one of ${allowedValues.join(", ")}`;
}

function unknownMember(error: TLocalizedValidationError): string | undefined {
  if (error.keyword !== "additionalProperties") return undefined;
  const { additionalProperties } = error.params as { readonly additionalProperties?: readonly string[] };
  return additionalProperties?.[0];
}

interface UnknownMember {
  readonly part: RequestPart;
  /** Of the object that has it. */
  readonly path: string;
  readonly member: string;
}

function unknownMemberError({ part, path, member }: UnknownMember, known: readonly string[]): EngineError {
  const near = nearest(member, known);
  const shown = JSON.stringify(member.slice(0, 80));
  const details: JsonObject = { in: part, path, keyword: "additionalProperties", member: member.slice(0, 80), near };
  return new EngineError("INPUT_INVALID", `The ${part} of the request has a member ${shown} that this route does not know.`, {
    action: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : known.length > 0 ? `It knows ${known.join(", ")}.` : "It takes none.",
    details,
  });
}

function membersAt(schema: TSchema, path: string): string[] {
  let place: unknown = schema;
  for (const segment of path.split("/").slice(1)) place = inner(place, segment);
  const { properties } = (place ?? {}) as { readonly properties?: object };
  return Object.keys(properties ?? {});
}

function inner(schema: unknown, segment: string): unknown {
  const { properties, items } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, unknown>>; readonly items?: unknown };
  return properties?.[segment] ?? items;
}
