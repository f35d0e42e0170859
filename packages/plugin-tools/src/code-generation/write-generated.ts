import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SchemaDefinitions } from "@opendvp/model";
import { locateSdk } from "../sdk-location.ts";
import { RECOMMENDED_OPTIONS, typeCheckOptions } from "../type-check/compiler-options.ts";
import { writeIfChanged } from "../write-if-changed.ts";
import { generateDefinitions } from "./generate-definitions.ts";
import type { GeneratedFiles } from "./generated-files.ts";
import { resourceDeclarations } from "./resource-declarations.ts";

/** What `tsconfig.json` of a plugin extends: written for the machine that it is on, and not meant for version control. */
export const EDITOR_SETTINGS = ".dvp/tsconfig.json";

export interface GenerateRequest {
  readonly rootDirectory: string;
  readonly sourceDirectory: string;
  readonly schemas: SchemaDefinitions;
}

/** What tells the compiler which files can be imported as text, below the source directory. */
export const RESOURCES_FILE = "generated/resources.d.ts";

/** Writes `generated/` in the source directory, and the editor's settings where the plugin's tsconfig.json asks for them. */
export async function writeGenerated({ rootDirectory, sourceDirectory, schemas }: GenerateRequest): Promise<GeneratedFiles> {
  const definitionsFile = join(sourceDirectory, "generated", "definitions.ts");
  await writeIfChanged(definitionsFile, await generateDefinitions(schemas));
  await writeIfChanged(join(sourceDirectory, RESOURCES_FILE), resourceDeclarations());
  if (await wantsEditorSettings(rootDirectory)) await writeIfChanged(join(rootDirectory, EDITOR_SETTINGS), editorSettings());
  return { definitionsFile };
}

async function wantsEditorSettings(rootDirectory: string): Promise<boolean> {
  const file = join(rootDirectory, "tsconfig.json");
  return existsSync(file) && (await readFile(file, "utf8")).includes(EDITOR_SETTINGS);
}

/** Where the SDK is on this machine, so that editors find it without a package registry. */
function editorSettings(): string {
  return `${JSON.stringify({ compilerOptions: { ...RECOMMENDED_OPTIONS, ...typeCheckOptions(locateSdk()) } }, undefined, 2)}\n`;
}
