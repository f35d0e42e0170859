import { dirname, relative } from "node:path";
import type { Problem } from "@opendvp/model";
import type TypeScript from "typescript";
import type { CompilerOptions, Diagnostic } from "typescript";
import { locateSdk } from "../sdk-location.ts";
import { RECOMMENDED_OPTIONS, typeCheckOptions } from "./compiler-options.ts";

export interface TypeCheckRequest {
  /** The module with the entry point. */
  readonly entryFile: string;
  /** Declarations beside it that it does not import. */
  readonly declarationFiles: readonly string[];
  /** Problems name files relative to this directory. */
  readonly rootDirectory: string;
  /** The plugin's own compiler settings; absent = the ones that `dvp init` writes. */
  readonly tsconfigFile?: string;
}

/** Checks a plugin's types as an editor does. Loading the compiler is most of the cost, so that it happens only here. */
export async function checkTypes(request: TypeCheckRequest): Promise<readonly Problem[]> {
  const { default: ts } = await import("typescript");
  const recommended = ts.convertCompilerOptionsFromJson(RECOMMENDED_OPTIONS, request.rootDirectory).options;
  const own = request.tsconfigFile === undefined ? recommended : readOwnOptions(ts, request.tsconfigFile);
  const forced = ts.convertCompilerOptionsFromJson(typeCheckOptions(locateSdk()), request.rootDirectory).options;
  const options: CompilerOptions = { ...own, ...forced, noEmit: true, composite: false, incremental: false };
  const program = ts.createProgram([request.entryFile, ...request.declarationFiles], options);
  const diagnostics = ts.getPreEmitDiagnostics(program);
  return diagnostics.map((diagnostic) => toProblem(ts, diagnostic, request.rootDirectory));
}

type Compiler = typeof TypeScript;

function readOwnOptions(ts: Compiler, file: string): CompilerOptions {
  const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(read.config, { ...ts.sys, readDirectory: () => [] }, dirname(file));
  return options;
}

function toProblem(ts: Compiler, diagnostic: Diagnostic, rootDirectory: string): Problem {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n").replace(/\.$/, "");
  const { file, start, code } = diagnostic;
  if (file === undefined || start === undefined) return { where: `TS${String(code)}`, message };
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  return { file: relative(rootDirectory, file.fileName), line, where: `TS${String(code)}`, message };
}
