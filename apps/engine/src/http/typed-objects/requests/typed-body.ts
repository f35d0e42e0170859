import { EngineError } from "@opendvp/model";
import Type, { type Static, type TLiteral, type TObject, type TProperties } from "typebox";
import { Compile } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import { checkNesting } from "../../validation/nesting.ts";

type Typed<T extends string, P extends TProperties> = Static<TObject<{ type: TLiteral<T> } & P>>;

/**
 * Makes the check of bodies that are a typed object. Members that it does not name are let through: clients of other versions send more.
 * @throws EngineError `INPUT_INVALID` from the check, without the value, which may be a secret
 */
export function typedBody<const T extends string, P extends TProperties>(type: T, members: P): (body: unknown) => Typed<T, P> {
  const validator = Compile(Type.Object({ type: Type.Literal(type), ...members }));
  return (body) => {
    checkNesting(body);
    if (validator.Check(body)) return body as Typed<T, P>;
    throw explain(type, validator.Errors(body)[0]);
  };
}

function explain(type: string, error: TLocalizedValidationError | undefined): EngineError {
  const field = fieldOf(error);
  const place = field === "" ? "it" : field;
  const rule = error?.keyword === "required" ? "is missing" : (error?.message ?? "is invalid");
  return new EngineError("INPUT_INVALID", `The body of the request is no valid ${type}: ${place} ${rule}.`, {
    action: "Send the typed object that this call takes.",
    details: { in: "body", keyword: error?.keyword ?? "type", ...(field === "" ? {} : { field }) },
  });
}

function fieldOf(error: TLocalizedValidationError | undefined): string {
  const { requiredProperties: [missing] = [] } = (error?.params ?? {}) as { readonly requiredProperties?: readonly string[] };
  const path = (error?.instancePath ?? "").split("/").slice(1);
  return [...path, ...(missing === undefined ? [] : [missing])].join(".");
}
