import { basename, join, relative, resolve } from "node:path";
import type { Problem } from "@opendvp/model";
import { build, type BuildFailure, type Message } from "esbuild";
import { TEXT_EXTENSIONS } from "../code-generation/resource-declarations.ts";
import { locateSdk } from "../sdk-location.ts";
import type { PluginFile } from "../source-zip/plugin-file.ts";
import { sdkBundlePlugin } from "./sdk-bundle-plugin.ts";

export interface BundleRequest {
  /** The module with the entry point. */
  readonly entryFile: string;
  readonly sourceDirectory: string;
  /** Problems name files relative to this directory. */
  readonly rootDirectory: string;
}

export interface Bundle {
  /** The bundle and its source map, at the place of the entry module. */
  readonly files: readonly PluginFile[];
  /** What went into it, as absolute paths. */
  readonly inputFiles: ReadonlySet<string>;
  readonly warnings: readonly Problem[];
  /** Any makes the bundle unusable. */
  readonly problems: readonly Problem[];
}

/** One module from the entry point and all that it imports, the SDK included. */
export async function bundlePlugin(request: BundleRequest): Promise<Bundle> {
  const { entryFile, sourceDirectory } = request;
  const outputFile = entryFile.replace(/\.[cm]?[jt]s$/, ".mjs");
  try {
    const result = await build({
      absWorkingDir: sourceDirectory,
      entryPoints: [entryFile],
      outfile: outputFile,
      allowOverwrite: true,
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "node",
      target: "node20",
      charset: "utf8",
      legalComments: "none",
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "silent",
      tsconfigRaw: {},
      loader: Object.fromEntries(TEXT_EXTENSIONS.map((extension) => [extension, "text" as const])),
      // Packages of the older module kind ask for Node.js's own modules by require.
      banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
      plugins: [sdkBundlePlugin(locateSdk())],
    });
    return {
      files: result.outputFiles.map(({ path, contents }) => ({ path: relative(sourceDirectory, path), contents, isExecutable: false })),
      inputFiles: new Set(Object.keys(result.metafile.inputs).map((path) => resolve(sourceDirectory, path))),
      warnings: result.warnings.map((message) => toProblem(message, request)),
      problems: [],
    };
  } catch (thrown) {
    if (!isBuildFailure(thrown)) throw thrown;
    return { files: [], inputFiles: new Set(), warnings: [], problems: thrown.errors.map((message) => toProblem(message, request)) };
  }
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && Array.isArray((thrown as Partial<BuildFailure>).errors);
}

function toProblem({ text, location }: Message, { sourceDirectory, rootDirectory }: BundleRequest): Problem {
  const message = text.replace(/\.$/, "");
  if (location === null) return { where: basename(sourceDirectory), message };
  return { file: relative(rootDirectory, join(sourceDirectory, location.file)), line: location.line, where: "", message };
}
