import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, extname, posix, resolve } from "node:path";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { builtEntry } from "../built-entry.ts";
import { SDK_NAME, type SdkLocation } from "../sdk-location.ts";

const NAMESPACE = "opendvp";

/** Which file of the installed SDK a module of the bundle is. */
interface SdkModule {
  readonly file: string;
}

/**
 * Takes the SDK into the bundle from where these tools have it. Its modules carry names that are the same on every
 * machine, so that equal plugins make equal bundles wherever they are built.
 */
export function sdkBundlePlugin({ entryFile }: SdkLocation): Plugin {
  return {
    name: "opendvp-plugin-sdk",
    setup(build) {
      build.onResolve({ filter: /^@opendvp\/plugin-sdk$/ }, () => sdkModule(`${SDK_NAME}/index.js`, entryFile));
      build.onResolve({ filter: /.*/, namespace: NAMESPACE }, resolveInsideSdk);
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async (args) => {
        const { file } = args.pluginData as SdkModule;
        return { contents: await readFile(file, "utf8"), loader: extname(file) === ".json" ? "json" : "js", pluginData: { file } };
      });
    },
  };
}

function resolveInsideSdk({ path, importer, pluginData }: OnResolveArgs): OnResolveResult {
  if (isBuiltin(path)) return { path, external: true };
  const { file } = pluginData as SdkModule;
  if (path.startsWith(".")) return sdkModule(posix.join(posix.dirname(importer), path), resolve(dirname(file), path));
  return sdkModule(`${path}/index.js`, builtEntry(path, file));
}

function sdkModule(name: string, file: string): OnResolveResult {
  return { path: name, namespace: NAMESPACE, pluginData: { file } satisfies SdkModule, sideEffects: false };
}
