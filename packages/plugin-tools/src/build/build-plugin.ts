import { dirname, join, resolve } from "node:path";
import type { OperationName, PluginConfig, Problem } from "@opendvp/model";
import type { GeneratedFiles } from "../code-generation/generated-files.ts";
import { writeIfChanged } from "../write-if-changed.ts";
import { makeArtifact, type MakeArtifactRequest } from "./make-artifact.ts";
import { readPluginFolder } from "./plugin-folder.ts";
import { pluginSourceOf } from "./plugin-source-of.ts";

export interface BuildPluginRequest extends MakeArtifactRequest {
  /** Absent = `artifact.json` beside the config file. */
  readonly artifactFile?: string;
  /** Only writes the generated code. */
  readonly generateOnly?: boolean;
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
 * Builds a plugin: makes its artifact and writes it. A former artifact stays as it is until the new one is complete.
 * @throws what `makeArtifact` throws, and what the system refuses about the artifact's file
 */
export async function buildPlugin(request: BuildPluginRequest): Promise<BuiltPlugin> {
  if (request.generateOnly === true) return generate(request.configFile);
  const { config, generated, text, warnings, operations, migrationIds } = await makeArtifact(request);
  const file = resolve(request.artifactFile ?? join(dirname(request.configFile), "artifact.json"));
  await writeIfChanged(file, text);
  return { config, generated, artifact: { file, sizeBytes: Buffer.byteLength(text), operations, migrationIds }, warnings };
}

async function generate(configFile: string): Promise<BuiltPlugin> {
  const folder = await readPluginFolder(configFile);
  const generated = await pluginSourceOf(folder.config.language).generate(folder);
  return { config: folder.config, generated, warnings: folder.warnings };
}
