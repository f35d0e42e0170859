import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PluginType } from "@opendvp/model";

/** The files of a new plugin, and the template that each is made from. */
const FILES: Readonly<Record<string, "common" | "strategy">> = {
  "plugin_config.yml": "strategy",
  "schema.json": "strategy",
  "src/plugin.ts": "strategy",
  "dvp_test.json": "strategy",
  "tsconfig.json": "common",
  "package.json": "common",
  ".gitignore": "common",
};

// The same from src/init and from dist/init.
const DIRECTORY = fileURLToPath(new URL("../../skeletons/", import.meta.url));

/** The files of a new plugin with its particulars filled in, by their names. */
export async function readSkeleton(
  strategy: PluginType,
  particulars: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [name, place] of Object.entries(FILES)) {
    const folder = place === "common" ? "common" : strategy.toLowerCase();
    const template = await readFile(`${DIRECTORY}${folder}/${name.replace(/^\./, "")}.template`, "utf8");
    files.set(
      name,
      template.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, key: string) => particulars[key] ?? placeholder),
    );
  }
  return files;
}
