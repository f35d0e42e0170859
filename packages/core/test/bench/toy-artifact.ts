import { createHash } from "node:crypto";
import type { Plugin } from "@opendvp/core";
import { createArtifact, formatArtifact } from "@opendvp/model";
import { buildZip, EXAMPLES } from "@opendvp/testkit";
import type { ToyCode } from "./toy-runtime.ts";

const { plugin } = EXAMPLES;
const ANYTHING = { type: "object", properties: { name: { type: "string" }, path: { type: "string" } } } as const;

/** The schemas of the example plugin, such that an artifact may have them. */
export const TOY_SCHEMAS: Plugin["schemas"] = { ...plugin.schemas, repositoryDefinition: ANYTHING, sourceConfigDefinition: ANYTHING };

/** A release of the example plugin, `directory`. */
export interface ToyRelease extends ToyCode {
  readonly buildNumber?: string;
  readonly pluginId?: string;
  readonly name?: string;
  readonly pluginType?: "DIRECT" | "STAGED";
  readonly lua?: { readonly name: string; readonly minimumVersion: string };
  readonly schemas?: Partial<Plugin["schemas"]>;
  readonly repositoryNameField?: string;
}

/** A real artifact; what its code does, only the toy runtime knows. */
export function toyArtifact(release: ToyRelease): { readonly bytes: Uint8Array; readonly sha256: string } {
  const { buildNumber = "2.0", pluginId = plugin.pluginId, name = plugin.name, pluginType = "DIRECT", lua, schemas } = release;
  const { repositoryNameField = "name" } = release;
  const artifact = createArtifact({
    pluginId,
    name,
    buildNumber,
    language: "TYPESCRIPT",
    pluginType,
    hostTypes: ["UNIX"],
    entryPoint: "index:plugin",
    defaultLocale: "en-us",
    hasManualDiscovery: true,
    isRootSquashEnabled: true,
    hasExtendedStartStopHooks: false,
    ...(lua === undefined ? {} : { lua }),
    schemas: { ...TOY_SCHEMAS, ...schemas },
    repository: { identityFields: ["name"], nameField: repositoryNameField },
    sourceConfig: { identityFields: ["path"], nameField: "path" },
    operations: [],
    migrationIds: release.migrationIds ?? [],
    sourceCode: buildZip([{ name: "index.js", content: `export const build = ${JSON.stringify(buildNumber)};` }]).toString("base64"),
  });
  const bytes = new TextEncoder().encode(formatArtifact(artifact));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
