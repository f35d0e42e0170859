import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EngineError } from "@opendvp/model";
import { builtEntry } from "./built-entry.ts";

/** The name under which plugins import the SDK. */
export const SDK_NAME = "@opendvp/plugin-sdk";

export interface SdkLocation {
  /** The module to bundle. */
  readonly entryFile: string;
  /** The declarations to check types with. */
  readonly declarationFile: string;
  /** The directory with the type packages that plugins may use, Node.js's own among them. */
  readonly typesDirectory: string;
}

/**
 * The SDK that belongs to these tools. It is in no registry: a plugin's own folder needs no node_modules, the tools
 * bring it along.
 * @throws EngineError `INTERNAL` where the installation is incomplete
 */
export function locateSdk(): SdkLocation {
  try {
    const entryFile = builtEntry(SDK_NAME, import.meta.url);
    const declarationFile = join(dirname(entryFile), "index.d.ts");
    if (!existsSync(declarationFile)) throw new Error(`${declarationFile} is missing.`);
    const nodeTypes = createRequire(import.meta.url).resolve("@types/node/package.json");
    return { entryFile, declarationFile, typesDirectory: dirname(dirname(nodeTypes)) };
  } catch (thrown) {
    throw new EngineError("INTERNAL", "The plugin SDK that belongs to these tools cannot be found.", {
      action: "Install OpenDVP again, or in a checkout run `npm run build`.",
      cause: thrown,
    });
  }
}
