import { mkdir, open, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@opendvp/model";
import { endUsersOf } from "@opendvp/subprocess";
import type { Content, DatasetKind } from "./dataset-kind.ts";

/** Directory trees of a few small files, in each of which the probe plugin keeps a process. */
export class ProbeDatasets implements DatasetKind {
  readonly name = "probe";
  readonly configFile = fileURLToPath(new URL("probe-plugin/plugin_config.yml", import.meta.url));
  readonly pointsARound = 24;
  readonly #source: string;

  constructor(directory: string) {
    this.#source = join(directory, "source");
  }

  async makeSource(): Promise<void> {
    await mkdir(this.#source);
    await this.changeSource("1");
  }

  changeSource(version: string): Promise<void> {
    return writeFile(join(this.#source, "version"), version);
  }

  sourceParameters(name: string): JsonObject {
    return { name, path: this.#source };
  }

  linkParameters(path: string): JsonObject {
    return { mountPath: path };
  }

  copyParameters(_name: string, path: string): JsonObject {
    return { mountPath: path };
  }

  async read(path: string): Promise<Content> {
    return { version: await textOf(join(path, "version")), mine: await textOf(join(path, "mine")) };
  }

  async write(path: string, content: Partial<Content>): Promise<void> {
    for (const [name, text = ""] of Object.entries(content)) await writeToDisk(join(path, name), text);
  }

  async isAlive(path: string): Promise<boolean> {
    const pid = (await textOf(join(path, ".pid")))?.trim() ?? "";
    return pid !== "" && (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === path;
  }

  async endProcess(path: string): Promise<void> {
    await endUsersOf(path);
  }

  leftovers(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

async function writeToDisk(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o666);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
