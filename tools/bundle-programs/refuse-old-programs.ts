import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { BUNDLED_PACKAGES, PROGRAMS } from "./programs.ts";
import { isChunk } from "./replace-programs.ts";

/** Before tests: those that start programs would test something else than what is compiled. @throws Error with the command that mends it */
export function setup(): void {
  const packages = BUNDLED_PACKAGES.filter((name) => name.startsWith("@opendvp/")).map((name) => name.replace("@opendvp", "packages"));
  for (const { app, entries } of PROGRAMS) {
    const programs = Object.keys(entries).map((name) => join(app, "dist", `${name}.js`));
    const madeAt = Math.min(...programs.filter((path) => existsSync(path)).map(modifiedMs));
    const newer = [app, ...packages].flatMap(compiledFiles).find((path) => !programs.includes(path) && modifiedMs(path) > madeAt);
    if (newer !== undefined) throw new Error(`${newer} is newer than the programs of ${app} that it is part of. Run \`npm run build\`.`);
  }
}

function compiledFiles(directory: string): string[] {
  const dist = join(directory, "dist");
  if (!existsSync(dist)) return [];
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
  return files.filter((path) => path.endsWith(".js") && !isChunk(path)).map((path) => join(dist, path));
}

function modifiedMs(path: string): number {
  return statSync(path).mtimeMs;
}
