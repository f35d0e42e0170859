import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  createArtifact,
  formatArtifact,
  pluginInvalid,
  sortMigrationIds,
  type OperationName,
  type PluginConfig,
  type Problem,
} from "@opendvp/model";
import { bundlePlugin } from "../bundle/bundle-plugin.ts";
import { writeGenerated, type GeneratedFiles } from "../code-generation/write-generated.ts";
import { collectResources } from "../source-zip/collect-resources.ts";
import type { PluginFile } from "../source-zip/plugin-file.ts";
import { zipSource } from "../source-zip/zip-source.ts";
import { checkTypes } from "../type-check/check-types.ts";
import { writeIfChanged } from "../write-if-changed.ts";
import { checkOperations } from "./check-operations.ts";
import { readPluginFolder, type PluginFolder } from "./plugin-folder.ts";
import { startBundle } from "./start-bundle.ts";

export interface BuildPluginRequest {
  readonly configFile: string;
  /** Absent = `artifact.json` beside the config file. */
  readonly artifactFile?: string;
  /** Only writes the generated code. */
  readonly generateOnly?: boolean;
  /** Absent = true. */
  readonly typeCheck?: boolean;
}

export interface BuiltPlugin {
  readonly config: PluginConfig;
  readonly generated: GeneratedFiles;
  /** Absent after `generateOnly`. */
  readonly artifact?: {
    readonly file: string;
    readonly sizeBytes: number;
    readonly operations: readonly OperationName[];
    readonly migrationIds: readonly string[];
  };
  readonly warnings: readonly Problem[];
}

/**
 * Builds the artifact of a plugin: config rules, schema rules, generated code, types, bundle, a start of the plugin as
 * the engine starts it, artifact. Equal input makes an equal artifact, byte for byte; a former artifact stays as it is
 * until the new one is complete.
 * @throws EngineError `PLUGIN_INVALID` with every problem of the step that found any; `NOT_FOUND`, `UNSUPPORTED`, `TOO_LARGE`
 */
export async function buildPlugin(request: BuildPluginRequest): Promise<BuiltPlugin> {
  const folder = await readPluginFolder(request.configFile);
  const generated = await writeGenerated({ ...folder, schemas: folder.schemas.schemas });
  if (request.generateOnly === true) return { config: folder.config, generated, warnings: folder.warnings };
  if (request.typeCheck !== false) await refuseTypeErrors(folder, generated);
  const source = await bundleSource(folder);
  const { config, schemas } = folder;
  const description = await startBundle(config, source.files);
  const checked = checkOperations(config.pluginType, description.operations);
  if (checked.problems.length > 0) throw pluginInvalid(checked.problems);
  const migrationIds = sortMigrationIds(description.migrationIds);
  const text = formatArtifact(
    createArtifact({
      ...config,
      ...schemas,
      pluginId: config.id,
      operations: checked.operations,
      migrationIds,
      sourceCode: zipSource(source.files),
    }),
  );
  const file = resolve(request.artifactFile ?? join(folder.rootDirectory, "artifact.json"));
  await writeIfChanged(file, text);
  const said = description.warnings.map((message): Problem => ({ where: "", message: message.replace(/\.$/, "") }));
  return {
    config,
    generated,
    artifact: { file, sizeBytes: Buffer.byteLength(text), operations: checked.operations, migrationIds },
    warnings: [...folder.warnings, ...source.warnings, ...said, ...checked.warnings],
  };
}

async function refuseTypeErrors({ rootDirectory, entryFile }: PluginFolder, { resourcesFile }: GeneratedFiles): Promise<void> {
  const tsconfigFile = join(rootDirectory, "tsconfig.json");
  const problems = await checkTypes({
    entryFile,
    rootDirectory,
    declarationFiles: [resourcesFile],
    ...(existsSync(tsconfigFile) ? { tsconfigFile } : {}),
  });
  if (problems.length > 0) throw pluginInvalid(problems, "Correct the plugin, or build without type check while you try something out.");
}

/** The files that the engine will unpack: the bundle and what lies beside the code. */
async function bundleSource(
  folder: PluginFolder,
): Promise<{ readonly files: readonly PluginFile[]; readonly warnings: readonly Problem[] }> {
  const bundle = await bundlePlugin(folder);
  if (bundle.problems.length > 0) throw pluginInvalid(bundle.problems);
  const resources = await collectResources(folder.sourceDirectory, bundle.inputFiles);
  return { files: [...bundle.files, ...resources.files], warnings: [...bundle.warnings, ...resources.warnings] };
}
