import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import { isPlatformRef } from "../platform-definitions.ts";
import { resolveRef } from "../resolve-ref.ts";
import type { SchemaPosition } from "../visit-schemas.ts";
import type { SchemaFindings } from "./findings.ts";

/** A schema may contain itself: in a property, in an element. One that applies itself to the very same value never comes to an end. */
export function checkEndlessReferences(
  { positions, at }: { readonly positions: readonly SchemaPosition[]; readonly at: JsonPath },
  findings: SchemaFindings,
): void {
  const [first] = positions;
  if (first === undefined) return;
  const paths = new Map(positions.map(({ schema, path }) => [schema, path]));
  const settled = new Set<JsonObject>();
  for (const { schema } of positions) {
    const endless = findLoop(schema, first.schema, settled);
    const path = endless === undefined ? undefined : paths.get(endless);
    if (path === undefined) continue;
    const action = "Refer to it from within a property or an element, or not at all.";
    findings.problem([...at, ...path], "refers to itself for the same value, and so never ends", action);
  }
}

/** Goes through what applies to the same value as a schema, deepest first, without recursion; gives a schema that leads back to itself. */
function findLoop(start: JsonObject, root: JsonObject, settled: Set<JsonObject>): JsonObject | undefined {
  const open = new Set<JsonObject>();
  const waiting: JsonObject[] = [start];
  let loop: JsonObject | undefined;
  for (let schema = waiting.at(-1); schema !== undefined; schema = waiting.at(-1)) {
    if (settled.has(schema) || open.has(schema)) {
      waiting.pop();
      open.delete(schema);
      settled.add(schema);
      continue;
    }
    open.add(schema);
    const next = forSameValue(schema, root);
    loop ??= next.find((other) => open.has(other));
    waiting.push(...next.filter((other) => !open.has(other) && !settled.has(other)));
  }
  return loop;
}

function forSameValue(schema: JsonObject, root: JsonObject): readonly JsonObject[] {
  const ref = schema["$ref"];
  const target = typeof ref === "string" && !isPlatformRef(ref) ? resolveRef(root, ref)?.schema : undefined;
  const branches: readonly (Json | undefined)[] = [
    ...["allOf", "anyOf", "oneOf"].flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as readonly Json[]) : [])),
    ...["if", "then", "else", "not"].map((keyword) => schema[keyword]),
    ...(isJsonObject(schema["dependencies"]) ? Object.values(schema["dependencies"]) : []),
  ];
  return [...(target === undefined ? [] : [target]), ...branches.filter(isJsonObject)];
}
