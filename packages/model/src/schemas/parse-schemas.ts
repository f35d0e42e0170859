import { isJsonObject } from "../json/json.ts";
import { formatJsonPath } from "../json/json-path.ts";
import { JsonSyntaxError, readPositionedJson, type PositionedJson } from "../json/positioned-json.ts";
import { pluginInvalid, type Problem } from "../problems/problem.ts";
import { checkSchemas, type CheckedSchemas } from "./check-schemas.ts";

/**
 * Reads and checks a schema file. Problems and warnings name its lines; of members that occur twice the last one
 * counts. `file` is the name that they show.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function parseSchemas(text: string, file = "schema.json"): CheckedSchemas {
  const { value, duplicates, lineOf } = read(text, file);
  if (!isJsonObject(value)) throw pluginInvalid([{ file, line: 1, where: "", message: "must hold an object with the six definitions" }]);
  const warnings = duplicates.map(({ path, line }): Problem => {
    return { file, line, where: formatJsonPath(path), message: "occurs more than once; the last one counts" };
  });
  const checked = checkSchemas(value, { file, lineOf });
  return { ...checked, warnings: [...warnings, ...checked.warnings] };
}

function read(text: string, file: string): PositionedJson {
  try {
    return readPositionedJson(text);
  } catch (thrown) {
    if (!(thrown instanceof JsonSyntaxError)) throw thrown;
    throw pluginInvalid([{ file, line: thrown.line, where: "", message: `is not valid JSON: ${thrown.message}` }]);
  }
}
