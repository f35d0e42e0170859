import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildPlugin, initPlugin } from "@opendvp/plugin-tools";

type Schema = Record<string, { properties: Record<string, unknown>; required?: string[] }>;

export interface PythonVersion {
  readonly buildNumber: string;
  /** What the parameters of copies hold beside mountPath. */
  readonly parameters: Readonly<Record<string, object>>;
  /** Further code, such as data migrations. */
  readonly code?: string;
}

/** The texts that `dvp init` has written. */
interface Begun {
  readonly config: string;
  readonly schema: string;
  readonly code: string;
}

/** Builds versions of one plugin in Python, which begins as `dvp init` writes it. */
export class PythonNotes {
  readonly #directory: string;
  #begun: Begun | undefined;

  constructor(directory: string) {
    this.#directory = join(directory, "python-notes");
  }

  async build({ buildNumber, parameters, code = "" }: PythonVersion): Promise<Uint8Array> {
    const [configFile, schemaFile, codeFile] = this.#files();
    const begun = await this.#begin();
    const schema = JSON.parse(begun.schema) as Schema;
    Object.assign(schema["virtualSourceDefinition"]?.properties ?? {}, parameters);
    await writeFile(schemaFile, JSON.stringify(schema));
    await writeFile(configFile, begun.config.replace(/^buildNumber: .*$/m, `buildNumber: "${buildNumber}"`));
    await writeFile(codeFile, `${begun.code}\n\n${code}`);
    const artifactFile = join(this.#directory, `${buildNumber}.json`);
    await buildPlugin({ configFile, artifactFile, typeCheck: false });
    return readFile(artifactFile);
  }

  #files(): readonly [string, string, string] {
    return [
      join(this.#directory, "plugin_config.yml"),
      join(this.#directory, "schema.json"),
      join(this.#directory, "src/plugin_runner.py"),
    ];
  }

  async #begin(): Promise<Begun> {
    if (this.#begun !== undefined) return this.#begun;
    await initPlugin({ name: "python-notes", directory: this.#directory, strategy: "DIRECT", hostType: "UNIX", language: "PYTHON311" });
    const [config, schema, code] = await Promise.all(this.#files().map((path) => readFile(path, "utf8")));
    this.#begun = { config: config ?? "", schema: schema ?? "", code: code ?? "" };
    return this.#begun;
  }
}
