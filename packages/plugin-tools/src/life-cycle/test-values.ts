import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isJsonObject, JsonSyntaxError, pluginInvalid, readPositionedJson, type Json, type JsonObject } from "@opendvp/model";

/** What a life-cycle test uses as a plugin's data. `${work}` stands for its directory, `${name}` for the name of the copy being made. */
export interface TestValues {
  /** Written into the test's directory first: file name → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** The source to link; absent = the first that discovery finds. */
  readonly sourceConfig?: JsonObject;
  readonly linkedSource?: JsonObject;
  readonly virtualSource?: JsonObject;
  readonly snapshotParameters?: JsonObject;
}

const ACTION = "Correct the test's values.";
const MEMBERS: ReadonlySet<string> = new Set(["files", "sourceConfig", "linkedSource", "virtualSource", "snapshotParameters"]);

/**
 * Reads `dvp_test.json`; where there is none, everything is made up from the schemas.
 * @throws EngineError `PLUGIN_INVALID`
 */
export async function readTestValues(file: string): Promise<TestValues> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return {};
  const values = parse(text, basename(file));
  const wrong = Object.entries(values).find(([name, value]) => !MEMBERS.has(name) || !isJsonObject(value));
  if (wrong !== undefined) {
    const message = MEMBERS.has(wrong[0]) ? "must be an object" : `is unknown; known are ${[...MEMBERS].join(", ")}`;
    throw pluginInvalid([{ file: basename(file), where: wrong[0], message }], ACTION);
  }
  const files = isJsonObject(values["files"]) ? values["files"] : {};
  const odd = Object.entries(files).find(
    ([name, content]) => typeof content !== "string" || name.startsWith("/") || name.split("/").includes(".."),
  );
  if (odd !== undefined) {
    throw pluginInvalid([{ file: basename(file), where: `files.${odd[0]}`, message: "must be a relative path with a text" }], ACTION);
  }
  return values;
}

function parse(text: string, file: string): JsonObject {
  try {
    const { value } = readPositionedJson(text);
    if (isJsonObject(value)) return value;
    throw pluginInvalid([{ file, line: 1, where: "", message: "must hold a JSON object" }], ACTION);
  } catch (thrown) {
    if (!(thrown instanceof JsonSyntaxError)) throw thrown;
    throw pluginInvalid([{ file, line: thrown.line, where: "", message: `is not valid JSON: ${thrown.message}` }], ACTION);
  }
}

/** A value with its placeholders filled in, at any depth. */
export function fillIn(value: JsonObject, places: Readonly<Record<string, string>>): JsonObject {
  return filled(value, places) as JsonObject;
}

function filled(value: Json | undefined, places: Readonly<Record<string, string>>): Json | undefined {
  if (typeof value === "string") return value.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => places[name] ?? placeholder);
  if (Array.isArray(value)) return (value as readonly Json[]).map((element) => filled(element, places) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, places)]));
}
