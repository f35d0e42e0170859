import { existsSync } from "node:fs";
import { join } from "node:path";
import { pluginInvalid } from "@opendvp/model";
import { bundlePlugin } from "../bundle/bundle-plugin.ts";
import { RESOURCES_FILE, writeGenerated } from "../code-generation/write-generated.ts";
import { collectResources } from "../source-zip/collect-resources.ts";
import { checkTypes } from "../type-check/check-types.ts";
import type { PluginFolder } from "./plugin-folder.ts";
import type { CollectedSource, PluginSource } from "./plugin-source.ts";

/** One bundle from the entry module, checked by the compiler, and what lies beside the code. */
export const typescriptSource: PluginSource = {
  generate: (folder) => writeGenerated({ ...folder, schemas: folder.schemas.schemas }),
  async collect(folder, { typeCheck }) {
    if (typeCheck) await refuseTypeErrors(folder);
    return bundleSource(folder);
  },
  checkLoaded: () => Promise.resolve(),
};

async function refuseTypeErrors({ rootDirectory, sourceDirectory, entryFile }: PluginFolder): Promise<void> {
  const tsconfigFile = join(rootDirectory, "tsconfig.json");
  const problems = await checkTypes({
    entryFile,
    rootDirectory,
    declarationFiles: [join(sourceDirectory, RESOURCES_FILE)],
    ...(existsSync(tsconfigFile) ? { tsconfigFile } : {}),
  });
  if (problems.length > 0) throw pluginInvalid(problems, "Correct the plugin, or build without type check while you try something out.");
}

async function bundleSource(folder: PluginFolder): Promise<CollectedSource> {
  const bundle = await bundlePlugin(folder);
  if (bundle.problems.length > 0) throw pluginInvalid(bundle.problems);
  const resources = await collectResources(folder.sourceDirectory, (path) => TYPESCRIPT.test(path) || bundle.inputFiles.has(path));
  return { files: [...bundle.files, ...resources.files], warnings: [...bundle.warnings, ...resources.warnings] };
}

const TYPESCRIPT = /\.[cm]?tsx?$/;
