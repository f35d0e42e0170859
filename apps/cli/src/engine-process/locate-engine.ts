import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { EngineError } from "@opendvp/model";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Terminal } from "../terminal.ts";

/** A program of the engine, and what it is to be started with. */
export interface EngineProgram {
  readonly file: string;
  readonly args: readonly string[];
}

// Beside this package in the workspace, and where npm puts it as a dependency.
const CANDIDATES = [
  "../engine/dist/opendvp-engine.js",
  "../../node_modules/@opendvp/engine/dist/opendvp-engine.js",
  "../../@opendvp/engine/dist/opendvp-engine.js",
];

/** The engine's program: OPENDVP_ENGINE, or the one beside this command line. @throws EngineError `NOT_FOUND` */
export async function locateEngine(terminal: Terminal): Promise<EngineProgram> {
  const named = terminal.env["OPENDVP_ENGINE"];
  const paths = named === undefined ? CANDIDATES.map((path) => fileURLToPath(new URL(path, PACKAGE_ROOT))) : [named];
  for (const path of paths) {
    if (!(await exists(path))) continue;
    return /\.[cm]?js$/.test(path) ? { file: process.execPath, args: [path] } : { file: path, args: [] };
  }
  throw new EngineError("NOT_FOUND", "The engine's program is not there.", {
    action: named === undefined ? "Build it with `npm run build`, or name it with OPENDVP_ENGINE." : "Check OPENDVP_ENGINE.",
    details: { looked: paths },
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
