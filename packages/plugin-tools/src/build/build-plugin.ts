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
import type { GeneratedFiles } from "../code-generation/generated-files.ts";
import { zipSource } from "../source-zip/zip-source.ts";
import { writeIfChanged } from "../write-if-changed.ts";
import { checkOperations } from "./check-operations.ts";
import { readPluginFolder } from "./plugin-folder.ts";
import { pluginSourceOf } from "./plugin-source-of.ts";
import { startBuilt } from "./start-built.ts";

export interface BuildPluginRequest {
  readonly configFile: string;
  /** Absent = `artifact.json` beside the config file. */
  readonly artifactFile?: string;
  /** Only writes the generated code. */
  readonly generateOnly?: boolean;
  /** Of plugins in TypeScript; absent = true. */
  readonly typeCheck?: boolean;
  /** Gives the build up: nothing of it is left behind then. */
  readonly signal?: AbortSignal;
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
 * Builds the artifact of a plugin: config rules, schema rules, generated code, the source (types and bundle in TypeScript), a start of the plugin as
 * the engine starts it, artifact. Equal input makes an equal artifact, byte for byte; a former artifact stays as it is
 * until the new one is complete.
 * @throws EngineError `PLUGIN_INVALID` with every problem of the step that found any; `NOT_FOUND`, `UNSUPPORTED`, `TOO_LARGE`; the signal's reason once that is aborted
 */
export async function buildPlugin(request: BuildPluginRequest): Promise<BuiltPlugin> {
  const folder = await readPluginFolder(request.configFile);
  const { config, schemas } = folder;
  const language = pluginSourceOf(config.language);
  const generated = await language.generate(folder);
  if (request.generateOnly === true) return { config, generated, warnings: folder.warnings };
  const source = await language.collect(folder, { typeCheck: request.typeCheck !== false });
  request.signal?.throwIfAborted();
  const description = await startBuilt(config, source.files, request.signal);
  await language.checkLoaded(folder);
  request.signal?.throwIfAborted();
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
