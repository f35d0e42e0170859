import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

/** Below `node_modules`, so that the program finds what it imports. */
const DIRECTORY = join(import.meta.dirname, "../../node_modules/.cache/opendvp-programs");

/**
 * A program of one TypeScript file, which imports packages alone, as a file that Node.js runs by itself. A loader would take
 * longer for every start than the engine does.
 */
export async function transpileProgram(file: string): Promise<string> {
  const { outputText } = transpileModule(await readFile(file, "utf8"), {
    fileName: file,
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
  });
  const program = join(DIRECTORY, basename(file, ".ts") + ".mjs");
  await mkdir(DIRECTORY, { recursive: true });
  // Another test may be reading it.
  const own = `${program}.${process.pid}`;
  await writeFile(own, outputText);
  await rename(own, program);
  return program;
}
