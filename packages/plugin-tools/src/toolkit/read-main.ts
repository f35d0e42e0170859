import {
  formatJsonPath,
  isJsonObject,
  JsonSyntaxError,
  readPositionedJson,
  type JsonObject,
  type Problem,
  type SchemaSource,
} from "@opendvp/model";
import { MAIN_FILE, type ToolkitTree } from "./toolkit-tree.ts";

/** main.json with the lines of its parts. */
export interface MainJson {
  /** Absent where the file holds no JSON object. */
  readonly main?: JsonObject;
  readonly lineOf: NonNullable<SchemaSource["lineOf"]>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export function readMain({ files }: ToolkitTree): MainJson {
  const text = files.get(MAIN_FILE);
  const unreadable = { lineOf: () => 1, warnings: [] };
  // A file that is no text is told of by who read it.
  if (text === undefined) return { ...unreadable, problems: [] };
  try {
    const { value, duplicates, lineOf } = readPositionedJson(text);
    if (!isJsonObject(value)) return { ...unreadable, problems: [{ file: MAIN_FILE, line: 1, where: "", message: "must hold an object" }] };
    const warnings = duplicates.map(({ path, line }): Problem => {
      return { file: MAIN_FILE, line, where: formatJsonPath(path), message: "occurs more than once; the last one counts" };
    });
    return { main: value, lineOf, problems: [], warnings };
  } catch (thrown) {
    if (!(thrown instanceof JsonSyntaxError)) throw thrown;
    return {
      ...unreadable,
      problems: [{ file: MAIN_FILE, line: thrown.line, where: "", message: `is not valid JSON: ${thrown.message}` }],
    };
  }
}
