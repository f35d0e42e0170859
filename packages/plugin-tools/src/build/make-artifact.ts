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
import { checkOperations } from "./check-operations.ts";
import { readPluginFolder } from "./plugin-folder.ts";
import { pluginSourceOf } from "./plugin-source-of.ts";
import { startBuilt } from "./start-built.ts";

export interface MakeArtifactRequest {
  readonly configFile: string;
  /** Of plugins in TypeScript; absent = true. */
  readonly typeCheck?: boolean;
  /**
   * Runs what would leave something behind where the program ended amid it; when its signal is aborted, that gives up and tidies up.
   * Absent = nothing ends the program meanwhile.
   */
  readonly tidily?: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

export interface MadeArtifact {
  readonly config: PluginConfig;
  readonly generated: GeneratedFiles;
  readonly text: string;
  readonly operations: readonly OperationName[];
  readonly migrationIds: readonly string[];
  readonly warnings: readonly Problem[];
}

/**
 * Makes the artifact of a plugin and leaves it nowhere: config rules, schema rules, generated code, the source (types and bundle in
 * TypeScript), a start of the plugin as the engine starts it. Equal input makes an equal artifact, byte for byte.
 * @throws EngineError `PLUGIN_INVALID` with every problem of the step that found any; `NOT_FOUND`, `UNSUPPORTED`, `TOO_LARGE`; the reason of
 * the signal that `tidily` gave
 */
export async function makeArtifact(request: MakeArtifactRequest): Promise<MadeArtifact> {
  const folder = await readPluginFolder(request.configFile);
  const { config, schemas } = folder;
  const language = pluginSourceOf(config.language);
  const generated = await language.generate(folder);
  const source = await language.collect(folder, { typeCheck: request.typeCheck !== false });
  const tidily = request.tidily ?? ((work) => work(new AbortController().signal));
  const description = await tidily(async (signal) => {
    const described = await startBuilt(config, source.files, signal);
    await language.checkLoaded(folder);
    return described;
  });
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
  const said = description.warnings.map((message): Problem => ({ where: "", message: message.replace(/\.$/, "") }));
  const warnings = [...folder.warnings, ...source.warnings, ...said, ...checked.warnings];
  return { config, generated, text, operations: checked.operations, migrationIds, warnings };
}
