import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatProblem, type JsonObject, type Problem } from "@opendvp/model";
import { onTestFinished } from "vitest";

export const MAIN = {
  type: "Toolkit",
  name: "acme-files",
  prettyName: "Acme Files",
  version: "1.0.0",
  hostTypes: ["UNIX"],
  defaultLocale: "en-us",
  discoveryDefinition: {
    type: "ToolkitDiscoveryDefinition",
    repositorySchema: { type: "object", properties: { home: { type: "string" } } },
    repositoryIdentityFields: ["home"],
    repositoryNameField: "home",
    sourceConfigSchema: { type: "object", properties: { path: { type: "string" } } },
    sourceConfigIdentityFields: ["path"],
    sourceConfigNameField: "path",
  },
  linkedSourceDefinition: { type: "ToolkitLinkedStagedSource", parameters: { type: "object", properties: {} } },
  virtualSourceDefinition: { type: "ToolkitVirtualSource", parameters: { type: "object", properties: {} } },
  snapshotSchema: { type: "object", properties: {} },
} as const;

export const DISCOVERY = {
  "discovery/repositoryDiscovery.lua": 'return { { home = "/opt/acme" } }\n',
  "discovery/sourceConfigDiscovery.lua": "return {}\n",
} as const;

/** The files of a toolkit that can be built, with others beside them. */
export function toolkitFiles(
  more: Readonly<Record<string, string | Uint8Array>> = {},
  main: JsonObject = {},
): Record<string, string | Uint8Array> {
  return { "main.json": JSON.stringify({ ...MAIN, ...main }, undefined, 2), ...DISCOVERY, ...more };
}

/** A toolkit's directory with these files, called `acme-files`, until the test ends. */
export async function toolkitDirectory(files: Readonly<Record<string, string | Uint8Array>>, name = "acme-files"): Promise<string> {
  const sandbox = await mkdtemp(join(tmpdir(), "dvp-toolkit-test-"));
  onTestFinished(() => rm(sandbox, { recursive: true, force: true }));
  const directory = join(sandbox, name);
  await mkdir(directory);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

export async function readJson(file: string): Promise<JsonObject> {
  return JSON.parse(await readFile(file, "utf8")) as JsonObject;
}

export function lines(problems: readonly Problem[]): readonly string[] {
  return problems.map(formatProblem);
}
