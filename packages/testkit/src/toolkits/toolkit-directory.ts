import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "@opendvp/model";
import { onTestFinished } from "vitest";

/** A main.json with what it must have. */
export const MAIN_JSON = {
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

/** The scripts without which such a toolkit cannot be built. */
export const DISCOVERY_FILES = {
  "discovery/repositoryDiscovery.lua": 'return { { home = "/opt/acme" } }\n',
  "discovery/sourceConfigDiscovery.lua": "return {}\n",
} as const;

/** The files of a toolkit that can be built, with others beside them. */
export function toolkitFiles(
  more: Readonly<Record<string, string | Uint8Array>> = {},
  main: JsonObject = {},
): Record<string, string | Uint8Array> {
  return { "main.json": JSON.stringify({ ...MAIN_JSON, ...main }, undefined, 2), ...DISCOVERY_FILES, ...more };
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
