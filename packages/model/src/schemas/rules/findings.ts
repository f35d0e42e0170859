import type { JsonPath } from "../../json/json-path.ts";
import { formatJsonPath } from "../../json/json-path.ts";
import type { Problem } from "../../problems/problem.ts";

/** The file that schemas come from, and on which line each part of it stands. */
export interface SchemaSource {
  readonly file?: string;
  readonly lineOf?: (path: JsonPath) => number;
  /** Where a part stands that is not at this path of this file. */
  readonly placeOf?: (path: JsonPath) => SourcePlace | undefined;
}

/** A place in another file, or under another path of the same one. */
export interface SourcePlace {
  readonly path: JsonPath;
  readonly file?: string;
  readonly line?: number;
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

  #at(pathInDefinitions: JsonPath, message: string, action: string | undefined): Problem {
    const place = this.#source.placeOf?.(pathInDefinitions);
    const path = place?.path ?? pathInDefinitions;
    const isElsewhere = place?.file !== undefined;
    const file = place?.file ?? this.#source.file;
    const line = isElsewhere ? place.line : this.#source.lineOf?.(path);
    return {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      where: formatJsonPath(path),
      message,
      ...(action === undefined ? {} : { action }),
    };
  }
}
