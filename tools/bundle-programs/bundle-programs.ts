import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { BUNDLED_PACKAGES, type AppPrograms } from "./programs.ts";
import { replacePrograms } from "./replace-programs.ts";

/**
 * Bundles the compiled programs of an app: most of the time in which one starts would go into opening hundreds of small files.
 * @throws Error where a program would import what its app does not declare
 */
export async function bundlePrograms({ app, entries }: AppPrograms): Promise<void> {
  const dist = join(app, "dist");
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(dist, file)])),
    outdir: dist,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [keepOutside(app)],
    write: false,
    logLevel: "error",
  });
  replacePrograms(dist, outputFiles, Object.keys(entries));
}

function keepOutside(app: string): Plugin {
  const { dependencies = {} } = JSON.parse(readFileSync(join(app, "package.json"), "utf8")) as { dependencies?: Record<string, string> };
  return {
    name: "keep packages outside",
    setup(bundler) {
      bundler.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return undefined;
        if (isBuiltin(path)) return { path, external: true };
        const name = packageOf(path);
        if (BUNDLED_PACKAGES.includes(name)) return undefined;
        if (name in dependencies) return { path, external: true };
        return { errors: [{ text: `${app}/package.json does not declare ${name}, which ${importer} imports.` }] };
      });
    },
  };
}

function packageOf(path: string): string {
  const [scopeOrName = "", name = ""] = path.split("/");
  return scopeOrName.startsWith("@") ? `${scopeOrName}/${name}` : scopeOrName;
}
