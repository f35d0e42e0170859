import { EngineError, type Reference } from "@opendvp/model";
import type { Pool } from "../entities/pool.ts";
import type { Catalog } from "../ports/catalog.ts";
import type { StorageDriver, StorageTechnology } from "../ports/storage-driver.ts";

/** The storage that the engine was started with. */
export interface PoolSetting {
  readonly name: string;
  readonly technology: string;
  readonly location: string;
}

/** The engine's pools, open. */
export class Pools {
  readonly #catalog: Catalog;
  readonly #technologies: readonly StorageTechnology[];
  readonly #drivers = new Map<Reference<"STORAGE_POOL">, StorageDriver>();

  constructor(catalog: Catalog, technologies: readonly StorageTechnology[]) {
    this.#catalog = catalog;
    this.#technologies = technologies;
  }

  /** Opens every pool that the catalog knows, and makes those that it does not know yet. */
  async open(settings: readonly PoolSetting[], now: string): Promise<void> {
    const known = await this.#catalog.objects.pools.list();
    for (const pool of known) {
      mustBeTheSame(pool, settings);
      this.#drivers.set(pool.reference, await this.#technology(pool.driver).open(pool.location, { mustExist: true }));
    }
    for (const setting of settings.filter(({ name }) => known.every((pool) => pool.name !== name))) {
      // Made before it is known: from then on it must exist.
      const driver = await this.#technology(setting.technology).open(setting.location);
      this.#drivers.set(await this.#register(setting, now), driver);
    }
  }

  driver(reference: Reference<"STORAGE_POOL">): StorageDriver {
    const driver = this.#drivers.get(reference);
    if (driver === undefined)
      throw new EngineError("STORAGE_UNAVAILABLE", `The pool ${reference} is not open.`, {
        action: "Restart the engine with its storage.",
      });
    return driver;
  }

  all(): readonly (readonly [Reference<"STORAGE_POOL">, StorageDriver])[] {
    return [...this.#drivers];
  }

  /** The pool that is meant where none is named. */
  async byDefault(): Promise<Pool> {
    const [pool] = await this.#catalog.objects.pools.list({ limit: 1 });
    if (pool === undefined) throw new EngineError("STORAGE_UNAVAILABLE", "The engine has no pool.", { action: "Start it with --storage." });
    return pool;
  }

  #register(setting: PoolSetting, now: string): Promise<Reference<"STORAGE_POOL">> {
    return this.#catalog.transact(async (transaction) => {
      const reference = await transaction.nextReference("STORAGE_POOL");
      const pool: Pool = { reference, name: setting.name, driver: setting.technology, location: setting.location, createdAt: now };
      await transaction.apply([{ collection: "pools", insert: pool }]);
      return reference;
    });
  }

  #technology(name: string): StorageTechnology {
    const technology = this.#technologies.find((candidate) => candidate.technology === name);
    if (technology !== undefined) return technology;
    const known = this.#technologies.map((candidate) => candidate.technology).join(", ");
    throw new EngineError("STORAGE_UNSUITABLE", `There is no storage driver named ${JSON.stringify(name)}.`, {
      action: `Choose one of: ${known}.`,
    });
  }
}

function mustBeTheSame(known: Pool, settings: readonly PoolSetting[]): void {
  const setting = settings.find(({ name }) => name === known.name);
  if (setting === undefined || (known.driver === setting.technology && known.location === setting.location)) return;
  throw new EngineError(
    "STORAGE_UNSUITABLE",
    `The pool ${known.name} is ${known.driver} at ${known.location}; the engine was started with ${setting.technology} at ${setting.location}.`,
    { action: "Start the engine with the storage that its data lives on." },
  );
}
