import type { JsonObject } from "../json/json.ts";

const LONGEST_WORD = 80;

/** How errors of an upload name what was uploaded, whatever is wrong with it: `plugin My files 1.2`, `toolkit my-files 1.0.0`. */
export function artifactLabel(artifact: JsonObject): string {
  const { type, name, pluginId, buildNumber, version } = artifact;
  const words = [type === "Toolkit" ? "toolkit" : "plugin", isWord(name) ? name : pluginId, buildNumber ?? version];
  return words
    .filter(isWord)
    .map((word) => word.slice(0, LONGEST_WORD))
    .join(" ");
}

function isWord(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
