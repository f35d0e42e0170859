import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { View } from "../language-host.ts";

/** Shows npm packages with all that they depend on, as neighbours under one node_modules. */
export function showPackages(view: View, names: readonly string[], from: string): void {
  const directories = new Map<string, string>();
  collect(names, { from: realpathSync(from), directories });
  for (const [name, directory] of directories) view.show(directory, `node_modules/${name}`);
}

function collect(
  names: readonly string[],
  { from, directories }: { readonly from: string; readonly directories: Map<string, string> },
): void {
  for (const name of names) {
    // Types are there for the compiler alone.
    if (directories.has(name) || name.startsWith("@types/")) continue;
    const directory = findPackage(name, from);
    directories.set(name, directory);
    collect(dependenciesOf(directory), { from: directory, directories });
  }
}

/** As node finds it from a file of that directory. */
function findPackage(name: string, from: string): string {
  for (let place = from; ; place = dirname(place)) {
    const directory = join(place, "node_modules", name);
    if (existsSync(join(directory, "package.json"))) return realpathSync(directory);
    if (place === dirname(place)) throw new Error(`The package ${name} is not installed, which the Lua runtime needs.`);
  }
}

function dependenciesOf(directory: string): readonly string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { dependencies?: object };
  return Object.keys(dependencies);
}
