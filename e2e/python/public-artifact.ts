import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { buildZip } from "@opendvp/testkit";
import { runProcess } from "@opendvp/subprocess";
import { publicSources } from "./public-plugin.ts";

export interface PublicArtifactRequest {
  readonly interpreter: string;
  readonly language: string;
  /** Where the sources are compiled; made here. */
  readonly directory: string;
}

/** Compiles to `module.pyc` beside each module, where Python 2 keeps it by itself, and takes the sources away. */
const COMPILE = `import compileall, os, sys
if sys.version_info[0] == 2:
    compileall.compile_dir(sys.argv[1], quiet=1)
else:
    compileall.compile_dir(sys.argv[1], quiet=1, legacy=True)
for path, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".py"): os.remove(os.path.join(path, name))`;

/** An artifact as the public tool has built them: compiled modules without sources, and no words that came later. */
export async function buildPublicArtifact({ interpreter, language, directory }: PublicArtifactRequest): Promise<Uint8Array> {
  for (const [path, text] of Object.entries(publicSources(language === "PYTHON27"))) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  const { exitCode, stderr } = await runProcess({ file: interpreter, args: ["-c", COMPILE, directory] });
  if (exitCode !== 0) throw new Error(stderr);
  const files = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const parts = paths.map(async (path) => ({ name: relative(directory, path), content: await readFile(path) }));
  const sourceCode = buildZip(await Promise.all(parts)).toString("base64");
  return Buffer.from(JSON.stringify({ ...ARTIFACT, language, sourceCode }, undefined, 4));
}

const text = { type: "string" };

const ARTIFACT = {
  type: "Plugin",
  name: "public",
  pluginId: "7d0a3e52-0b5c-4d0e-8a3f-5a1f6c1f9d21",
  version: "1.0.0",
  hostTypes: ["UNIX"],
  entryPoint: "plugin_runner:plugin",
  buildApi: { type: "APIVersion", major: 1, minor: 0, micro: 0 },
  engineApi: { type: "APIVersion", major: 1, minor: 10, micro: 5 },
  defaultLocale: "en-us",
  virtualSourceDefinition: {
    type: "PluginVirtualSourceDefinition",
    parameters: {
      type: "object",
      additionalProperties: false,
      required: ["mPath"],
      properties: { mPath: { ...text, format: "unixpath" } },
    },
  },
  linkedSourceDefinition: {
    type: "PluginLinkedDirectSourceDefinition",
    parameters: { type: "object", additionalProperties: false, properties: {} },
  },
  discoveryDefinition: {
    type: "PluginDiscoveryDefinition",
    manualSourceConfigDiscovery: true,
    repositorySchema: { type: "object", properties: { name: text } },
    repositoryNameField: "name",
    repositoryIdentityFields: ["name"],
    sourceConfigSchema: { type: "object", properties: { name: text, dataPath: text } },
    sourceConfigNameField: "name",
    sourceConfigIdentityFields: ["dataPath"],
  },
  snapshotSchema: { type: "object", additionalProperties: false, properties: { takenAt: text } },
  manifest: {
    type: "PluginManifest",
    hasRepositoryDiscovery: true,
    hasSourceConfigDiscovery: true,
    hasLinkedPreSnapshot: true,
    hasLinkedPostSnapshot: true,
    hasLinkedStartStaging: false,
    hasLinkedStopStaging: false,
    hasLinkedStatus: false,
    hasLinkedWorker: false,
    hasLinkedMountSpecification: false,
    hasVirtualConfigure: true,
    hasVirtualUnconfigure: true,
    hasVirtualReconfigure: true,
    hasVirtualStart: false,
    hasVirtualStop: false,
    hasVirtualPreSnapshot: false,
    hasVirtualPostSnapshot: true,
    hasVirtualMountSpecification: true,
    hasVirtualStatus: true,
  },
};
