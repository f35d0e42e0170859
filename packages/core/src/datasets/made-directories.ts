import type { Reference } from "@opendvp/model";
import type { Catalog } from "../ports/catalog.ts";

type Environment = Reference<"UNIX_HOST_ENVIRONMENT">;

/**
 * The directories that were made for mount points. One above several mount points is the affair of each of them, so that
 * it goes with the last. Read from the catalog once, and again after anything was taken away.
 */
export class MadeDirectories {
  readonly #catalog: Catalog;
  #made: Promise<Map<Environment, Set<string>>> | undefined;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Those above a path, the outermost first. */
  async above(environment: Environment, path: string): Promise<readonly string[]> {
    const made = (await this.#all()).get(environment);
    if (made === undefined) return [];
    return directoriesAbove(path).filter((directory) => made.has(directory));
  }

  /** Says that directories are about to be made. */
  async add(environment: Environment, directories: readonly string[]): Promise<void> {
    if (directories.length === 0) return;
    const all = await this.#all();
    all.set(environment, new Set([...(all.get(environment) ?? []), ...directories]));
  }

  /** To be called when directories have been taken away: nobody claims one that somebody else makes afterwards. */
  forget(): void {
    this.#made = undefined;
  }

  #all(): Promise<Map<Environment, Set<string>>> {
    if (this.#made !== undefined) return this.#made;
    const made = this.#read();
    this.#made = made;
    // A read that failed is tried again the next time.
    made.catch(() => {
      if (this.#made === made) this.forget();
    });
    return made;
  }

  async #read(): Promise<Map<Environment, Set<string>>> {
    const made = new Map<Environment, Set<string>>();
    for (const { environment, createdDirectories } of await this.#catalog.objects.mounts.list()) {
      const known = made.get(environment) ?? new Set();
      for (const directory of createdDirectories) known.add(directory);
      made.set(environment, known);
    }
    return made;
  }
}

function directoriesAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}
