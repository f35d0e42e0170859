import type { Json, SchemaDefinitions } from "@opendvp/model";
import { pythonLiteral } from "./python-literal.ts";
import { readClasses, type PythonClass, type PythonProperty } from "./read-classes.ts";

const HEAD = `# Written by \`dvp build\` from the plugin's schema file. Changes here are lost: change the schemas.

from dlpx.virtualization._definitions import Definition, GeneratedClassesError, Property, definition
`;

/**
 * The Python module of a plugin's schemas: a class for each definition, and one for each nested object. Runs in Python 2.7 and 3.
 * Equal schemas give equal text.
 * @throws EngineError `PLUGIN_INVALID` where two properties become one attribute
 */
export function generatePythonDefinitions(schemas: SchemaDefinitions): string {
  const classes = readClasses(schemas);
  const names = ["GeneratedClassesError", ...classes.map(({ name }) => name)].sort();
  const all = `__all__ = [\n${names.map((name) => `    "${name}",\n`).join("")}]\n`;
  return [`${HEAD}\n${all}`, ...classes.map(classText)].join("\n\n");
}

function classText({ name, properties }: PythonClass): string {
  const declared = properties.map((property) => `    ${property.attribute} = ${propertyText(property)}\n`).join("");
  const parameters = ["self", ...properties.map(parameterText), "validate=True"].join(", ");
  const values = ["validate", ...properties.map(valueText)].join(", ");
  return `@definition
class ${name}(Definition):
${declared === "" ? "" : `${declared}\n`}    def __init__(${parameters}):
        self._set(${values})
`;
}

function propertyText({ jsonName, schema, isRequired, of }: PythonProperty): string {
  const more = [...(isRequired ? ["required=True"] : []), ...(of === undefined ? [] : [`of=${of}`])];
  return `Property(${[pythonLiteral(jsonName), pythonLiteral(schema), ...more].join(", ")})`;
}

function parameterText({ attribute, defaultValue }: PythonProperty): string {
  return `${attribute}=${isMutable(defaultValue) ? "None" : pythonLiteral(defaultValue ?? null)}`;
}

/** Lists and dicts are made anew for each object: Python makes defaults of parameters once. */
function valueText({ attribute, defaultValue, of }: PythonProperty): string {
  if (!isMutable(defaultValue)) return `${attribute}=${attribute}`;
  const literal = pythonLiteral(defaultValue ?? null);
  const made = of === undefined ? literal : `${of}.from_dict(${literal})`;
  return `${attribute}=${made} if ${attribute} is None else ${attribute}`;
}

function isMutable(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null;
}
