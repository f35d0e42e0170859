import { readFile } from "node:fs/promises";
import { formatProblem, type JsonObject, type Problem } from "@opendvp/model";

export async function readJson(file: string): Promise<JsonObject> {
  return JSON.parse(await readFile(file, "utf8")) as JsonObject;
}

/** Problems as a person reads them. */
export function lines(problems: readonly Problem[]): readonly string[] {
  return problems.map(formatProblem);
}
