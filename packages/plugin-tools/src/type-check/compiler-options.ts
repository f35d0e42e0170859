import type { JsonObject } from "@opendvp/model";
import { SDK_NAME, type SdkLocation } from "../sdk-location.ts";

/** What a plugin is checked with whatever its own settings say: where the SDK is, and what the bundle will be. */
export function typeCheckOptions({ declarationFile, typesDirectory }: SdkLocation): JsonObject {
  return {
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [typesDirectory],
    paths: { [SDK_NAME]: [declarationFile] },
  };
}

/** The settings that new plugins start with; an author may change them. */
export const RECOMMENDED_OPTIONS: JsonObject = {
  target: "es2023",
  lib: ["es2023"],
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};
