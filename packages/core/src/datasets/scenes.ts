import { EngineError, type RemoteConnectionValue, type RemoteEnvironmentValue, type Reference } from "@opendvp/model";
import type { Dataset, LinkedSource, VirtualSource } from "../entities/dataset.ts";
import type { Environment, EnvironmentUser, Host } from "../entities/environment.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { Repository, SourceConfig } from "../entities/repository.ts";
import type { Snapshot } from "../entities/snapshot.ts";
import type { Timeflow } from "../entities/timeflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import type { HostConnection } from "../ports/host-connection.ts";
import type { Hosts } from "../ports/hosts.ts";
import type { StorageDriver } from "../ports/storage-driver.ts";
import type { Pools } from "../storage/pools.ts";

/** An environment with the user that works there. */
export interface Place {
  readonly environment: Environment;
  readonly host: Host;
  readonly user: EnvironmentUser;
}

/** A dataset with all that its operations need around it. */
interface SceneOf<D extends Dataset> {
  readonly dataset: D;
  readonly plugin: Plugin;
  readonly repository: Repository;
  /** Where its commands run and its mounts are. */
  readonly place: Place;
  readonly storage: StorageDriver;
}

export type VirtualScene = SceneOf<VirtualSource>;

export interface LinkedScene extends SceneOf<LinkedSource> {
  readonly sourceConfig: SourceConfig;
  /** Where the source itself lives; for a direct plugin the same as `place`. */
  readonly sourcePlace: Place;
}

export type Scene = VirtualScene | LinkedScene;

/** Loads datasets together with their surroundings. */
export class Scenes {
  readonly #objects: CatalogReads;
  readonly #hosts: Hosts;
  readonly #pools: Pools;

  constructor(objects: CatalogReads, hosts: Hosts, pools: Pools) {
    this.#objects = objects;
    this.#hosts = hosts;
    this.#pools = pools;
  }

  async virtual(reference: Reference<"APPDATA_CONTAINER">): Promise<VirtualScene> {
    const dataset = await this.dataset(reference);
    if (dataset.kind !== "VDB") throw new EngineError("UNSUPPORTED", `${dataset.name} is a dSource, not a VDB.`);
    return { ...(await this.#around(dataset)), dataset };
  }

  async linked(reference: Reference<"APPDATA_CONTAINER">): Promise<LinkedScene> {
    const dataset = await this.dataset(reference);
    if (dataset.kind !== "DSOURCE") throw new EngineError("UNSUPPORTED", `${dataset.name} is a VDB, not a dSource.`);
    const around = await this.#around(dataset);
    const sourceConfig = found(await this.#objects.sourceConfigs.find(dataset.sourceConfig), dataset.sourceConfig);
    const sourceUser = dataset.sourceEnvironmentUser;
    const sourcePlace = sourceUser === null ? around.place : await this.place(around.repository.environment, sourceUser);
    return { ...around, dataset, sourceConfig, sourcePlace };
  }

  async dataset(reference: Reference<"APPDATA_CONTAINER">): Promise<Dataset> {
    return found(await this.#objects.datasets.find(reference), reference);
  }

  async timeflow(reference: Reference<"APPDATA_TIMEFLOW">): Promise<Timeflow> {
    return found(await this.#objects.timeflows.find(reference), reference);
  }

  async plugin(reference: Reference<"APPDATA_TOOLKIT">): Promise<Plugin> {
    return found(await this.#objects.plugins.find(reference), reference);
  }

  async snapshot(reference: Reference<"APPDATA_SNAPSHOT">): Promise<Snapshot> {
    return found(await this.#objects.snapshots.find(reference), reference);
  }

  async place(environment: Reference<"UNIX_HOST_ENVIRONMENT">, user: Reference<"HOST_USER">): Promise<Place> {
    const at = found(await this.#objects.environments.find(environment), environment);
    const host = found(await this.#objects.hosts.find(at.host), at.host);
    return { environment: at, host, user: found(await this.#objects.environmentUsers.find(user), user) };
  }

  async environment(reference: Reference<"UNIX_HOST_ENVIRONMENT">): Promise<Environment> {
    return found(await this.#objects.environments.find(reference), reference);
  }

  async hostOf(environment: Reference<"UNIX_HOST_ENVIRONMENT">): Promise<Host> {
    const at = found(await this.#objects.environments.find(environment), environment);
    return found(await this.#objects.hosts.find(at.host), at.host);
  }

  connect(place: { readonly host: Host }): Promise<HostConnection> {
    return this.#hosts.connect(place.host);
  }

  async #around(dataset: Dataset): Promise<Omit<SceneOf<Dataset>, "dataset">> {
    const [plugin, repository, place] = await Promise.all([
      this.#objects.plugins.find(dataset.plugin),
      this.#objects.repositories.find(dataset.repository),
      this.place(dataset.environment, dataset.environmentUser),
    ]);
    return {
      plugin: found(plugin, dataset.plugin),
      repository: found(repository, dataset.repository),
      place,
      storage: this.#pools.driver(dataset.pool),
    };
  }
}

/** A place as plugins see it. */
export function connectionValue({ environment, host, user }: Place): RemoteConnectionValue {
  return { environment: environmentValue(environment, host), user: { name: user.name, reference: user.reference } };
}

export function environmentValue(environment: Environment, host: Host): RemoteEnvironmentValue {
  return {
    name: environment.name,
    reference: environment.reference,
    host: { name: host.address, reference: host.reference, binaryPath: host.binaryPath, scratchPath: host.scratchPath },
  };
}

export function found<T>(object: T | undefined, reference: Reference): T {
  if (object === undefined) {
    throw new EngineError("NOT_FOUND", `${reference} does not exist.`, {
      action: "List what there is and choose from that.",
      details: { reference },
    });
  }
  return object;
}
