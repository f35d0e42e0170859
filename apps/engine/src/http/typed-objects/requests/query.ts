import { EngineError } from "@opendvp/model";

/** The query of a request as it came in. */
export type Query = Readonly<Record<string, unknown>>;

/** The value of a parameter; undefined where it is not given. @throws EngineError `INPUT_INVALID` where it is given twice */
export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === "string") return value;
  throw invalidQuery(name, "is given more than once");
}

export function invalidQuery(name: string, problem: string): EngineError {
  return new EngineError("INPUT_INVALID", `The query parameter ${name} ${problem}.`, { details: { in: "query", field: name } });
}
