import type { JsonPath } from "../../json/json-path.ts";
import { formatJsonPath } from "../../json/json-path.ts";
import type { Problem } from "../../problems/problem.ts";

/** The file that schemas come from, and on which line each part of it stands. */
export interface SchemaSource {
  readonly file?: string;
  readonly lineOf?: (path: JsonPath) => number;
}

/** Collects what the rules find; paths are relative to the definition being checked. */
export class SchemaFindings {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #source: SchemaSource;

  constructor(source: SchemaSource) {
    this.#source = source;
  }

  problem(path: JsonPath, message: string, action?: string): void {
    this.problems.push(this.#at(path, message, action));
  }

  warning(path: JsonPath, message: string, action?: string): void {
    this.warnings.push(this.#at(path, message, action));
  }

  #at(path: JsonPath, message: string, action: string | undefined): Problem {
    const line = this.#source.lineOf?.(path);
    return {
      ...(this.#source.file === undefined ? {} : { file: this.#source.file }),
      ...(line === undefined ? {} : { line }),
      where: formatJsonPath(path),
      message,
      ...(action === undefined ? {} : { action }),
    };
  }
}
