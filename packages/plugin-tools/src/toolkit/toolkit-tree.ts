import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ARTIFACT_LIMITS, EngineError, type Problem } from "@opendvp/model";

/** A toolkit's directory, read: what belongs to it, as texts. */
export interface ToolkitTree {
  /** By path relative to the directory, with forward slashes; in order. */
  readonly files: ReadonlyMap<string, string>;
  /** Relative paths, those of empty directories included. */
  readonly directories: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export const MAIN_FILE = "main.json";

/** What a toolkit consists of beside main.json. */
export const TOOLKIT_DIRECTORIES = ["discovery", "direct", "staged", "virtual", "upgrade", "resources", "messages"] as const;

/**
 * Reads main.json and the directories of a toolkit; hidden files are skipped, and so is what else lies beside them.
 * @throws EngineError `NOT_FOUND` where there is no main.json, `TOO_LARGE`
 */
export async function readToolkitTree(root: string): Promise<ToolkitTree> {
  const reader = new TreeReader(root);
  const problem = await whyNoToolkit(root);
  if (problem !== undefined) {
    throw new EngineError("NOT_FOUND", `There is no toolkit in ${root}: ${problem}.`, {
      action: `Name the directory that ${MAIN_FILE} is in.`,
      details: { path: root },
    });
  }
  await reader.readFile(MAIN_FILE);
  for (const directory of TOOLKIT_DIRECTORIES) {
    const found = await stat(join(root, directory)).catch(() => undefined);
    if (found?.isDirectory() === true) await reader.readDirectory(directory);
  }
  return reader;
}

async function whyNoToolkit(root: string): Promise<string | undefined> {
  const directory = await stat(root).catch(() => undefined);
  if (directory === undefined) return "it does not exist";
  if (!directory.isDirectory()) return "it is no directory";
  const main = await stat(join(root, MAIN_FILE)).catch(() => undefined);
  if (main === undefined) return `it has no ${MAIN_FILE}`;
  return main.isFile() ? undefined : `its ${MAIN_FILE} is no file`;
}

class TreeReader implements ToolkitTree {
  readonly files = new Map<string, string>();
  readonly directories = new Set<string>();
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #root: string;
  #sizeBytes = 0;

  constructor(root: string) {
    this.#root = root;
  }

  async readDirectory(path: string): Promise<void> {
    this.directories.add(path);
    const entries = await readdir(join(this.#root, path), { withFileTypes: true });
    for (const entry of entries.sort((first, second) => (first.name < second.name ? -1 : 1))) {
      if (entry.name.startsWith(".")) continue;
      const inner = `${path}/${entry.name}`;
      if (entry.isDirectory()) await this.readDirectory(inner);
      else if (await this.#isFile(inner)) await this.readFile(inner);
      else this.warnings.push({ file: inner, where: "", message: "is no regular file, and is left out" });
    }
  }

  async readFile(path: string): Promise<void> {
    const bytes = await readFile(join(this.#root, path));
    this.#sizeBytes += bytes.length;
    if (this.#sizeBytes > ARTIFACT_LIMITS.artifactBytes) {
      throw new EngineError("TOO_LARGE", `The toolkit has more than ${String(ARTIFACT_LIMITS.artifactBytes)} bytes.`, {
        action: "Leave out of its directory what it does not need.",
        details: { limitBytes: ARTIFACT_LIMITS.artifactBytes },
      });
    }
    try {
      this.files.set(path, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      this.problems.push({
        file: path,
        line: lineOfBadByte(bytes),
        where: "",
        message: "is no text in UTF-8",
        action: "Toolkits consist of texts only.",
      });
    }
  }

  /** A link to a file is that file. */
  async #isFile(path: string): Promise<boolean> {
    return (await stat(join(this.#root, path)).catch(() => undefined))?.isFile() === true;
  }
}

/** The first line that cannot be read. A line feed is never a part of a longer character. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const next = end === -1 ? bytes.length : end + 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, next));
    } catch {
      return line;
    }
    start = next;
  }
  return line;
}
