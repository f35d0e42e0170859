import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PluginLanguage, PluginType } from "@opendvp/model";

interface Skeleton {
  readonly entryPoint: string;
  readonly entryFile: string;
  /** The files of a new plugin, and where the template of each lies. */
  readonly files: Readonly<Record<string, "common" | "strategy">>;
}

const FILES = { "plugin_config.yml": "strategy", "schema.json": "strategy", "dvp_test.json": "strategy", ".gitignore": "common" } as const;

const TYPESCRIPT: Skeleton = {
  entryPoint: "plugin:plugin",
  entryFile: "src/plugin.ts",
  files: { ...FILES, "src/plugin.ts": "strategy", "tsconfig.json": "common", "package.json": "common" },
};

const PYTHON: Skeleton = {
  entryPoint: "plugin_runner:plugin",
  entryFile: "src/plugin_runner.py",
  files: { ...FILES, "src/plugin_runner.py": "strategy" },
};

// The same from src/init and from dist/init.
const DIRECTORY = fileURLToPath(new URL("../../skeletons/", import.meta.url));

/** The files of a new plugin with its particulars filled in, by their names. */
export async function readSkeleton(
  { strategy, language }: { readonly strategy: PluginType; readonly language: PluginLanguage },
  particulars: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const { entryPoint, entryFile, ...skeleton } = language === "TYPESCRIPT" ? TYPESCRIPT : PYTHON;
  const words: Readonly<Record<string, string>> = { ...particulars, language, entryPoint, entryFile };
  for (const [name, place] of Object.entries(skeleton.files)) {
    const folder = place === "common" ? "common" : strategy.toLowerCase();
    const template = await readFile(`${DIRECTORY}${folder}/${name.replace(/^\./, "")}.template`, "utf8");
    files.set(
      name,
      template.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, key: string) => words[key] ?? placeholder),
    );
  }
  return files;
}
