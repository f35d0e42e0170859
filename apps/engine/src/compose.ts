import { mkdir } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { FileArtifactStore, openPostgresqlCatalog, openSqliteCatalog } from "@opendvp/catalog";
import {
  createEngine,
  DEFAULT_KEEP_ACTIONS_DAYS,
  DEFAULT_MONITORING,
  DEFAULT_RETRY_DELAYS_MS,
  DEFAULT_TIME_LIMITS,
  type Catalog,
  type CoreSettings,
  type Host,
  type Mounter,
  type PoolSetting,
  type RunningEngine,
  type StepGate,
  type StorageTechnology,
} from "@opendvp/core";
import { createLocalHosts } from "@opendvp/hosts";
import { createBindMounter, createSymlinkMounter } from "@opendvp/mounts";
import { createPluginLogs, createPluginRuntime } from "@opendvp/plugin-runtime";
import { openSecrets, ScryptPasswordHasher } from "@opendvp/secrets";
import { btrfsTechnology, copyTechnology, createEmbeddedBtrfsPool, reflinkTechnology, zfsMountPath, zfsTechnology } from "@opendvp/storage";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { provideHelperPrograms } from "./adapters/helper-programs.ts";
import { randomIds } from "./adapters/random-ids.ts";
import { systemClock } from "./adapters/system-clock.ts";
import { EMBEDDED_CATALOG, type CatalogOption } from "./configuration/catalog-option.ts";
import type { EngineConfiguration } from "./configuration/engine-configuration.ts";
import { openDirectories } from "./configuration/open-directories.ts";
import type { StorageOption } from "./configuration/storage-option.ts";
import { createHttpServer } from "./http/index.ts";
import { traceParts } from "./tracing/index.ts";
import { VERSION } from "./version.ts";

/** Storage drivers, by name: one line each. */
const STORAGE: readonly StorageTechnology[] = [zfsTechnology, btrfsTechnology, reflinkTechnology, copyTechnology];

export interface Composition {
  readonly engine: RunningEngine;
  readonly server: FastifyInstance;
  readonly pools: readonly PoolSetting[];
  /** Unmounts the pool that the engine has mounted itself. To be called when all else is closed. */
  readonly detachPool: () => Promise<void>;
  /** Lets go of all that was opened, in reverse order. */
  readonly close: () => Promise<void>;
}

/** What tests turn; the product leaves all of it out. */
export interface CompositionOverrides {
  readonly gate?: StepGate;
  /** Wraps the storage drivers. */
  readonly wrapStorage?: (technology: StorageTechnology) => StorageTechnology;
  readonly settings?: Partial<CoreSettings>;
}

/** Makes every adapter, in dependency order, and puts the engine on them. */
export async function compose(
  place: { readonly dataDirectory: string; readonly configuration: EngineConfiguration; readonly logger: Logger },
  overrides: CompositionOverrides = {},
): Promise<Composition> {
  const { dataDirectory, configuration, logger } = place;
  const isRoot = userInfo().uid === 0;
  const catalog = await openCatalog(dataDirectory, configuration.catalog);
  // A catalog whose key is lost must not get a new one: its secrets could never be read again.
  const secrets = await openSecrets(join(dataDirectory, "secret.key"), { mayCreate: await isUnused(catalog) });
  const artifacts = await FileArtifactStore.open(join(dataDirectory, "artifacts"));
  const logs = createPluginLogs({ directory: join(dataDirectory, "plugin-logs"), clock: systemClock });
  const runtime = await createPluginRuntime({
    clock: systemClock,
    logs,
    areLogsKept: true,
    guards: { workDirectory: join(dataDirectory, "run"), hiddenDirectories: [dataDirectory] },
    interpreters: configuration.interpreters ?? {},
    limits: configuration.plugins ?? {},
  });
  const hosts = createLocalHosts({ allowedUsers: configuration.environmentUsers, clock: systemClock });
  const settings = await settingsOf(dataDirectory, configuration, overrides.settings);
  const protectedPaths = [dataDirectory, ...(await poolDirectories(configuration.storage))];
  const mounter: Mounter = isRoot ? createBindMounter({ protectedPaths }) : createSymlinkMounter({ protectedPaths });
  const pool = await providePool(dataDirectory, configuration.storage, (await catalog.objects.pools.list({ limit: 1 })).length === 0);
  const traced = traceParts({
    catalog,
    clock: systemClock,
    ids: randomIds,
    secrets,
    passwords: new ScryptPasswordHasher(),
    hosts,
    mounterFor: () => mounter,
    storage: overrides.wrapStorage === undefined ? STORAGE : STORAGE.map(overrides.wrapStorage),
    runtime,
    artifacts,
    logs,
    settings,
    ownHost: ownHost(settings),
    report: (level, message, error) => logger[level]({ error }, message),
    ...(overrides.gate === undefined ? {} : { gate: overrides.gate }),
  });
  const engine = createEngine(traced.parts);
  const identity = { id: "1", name: hostname(), uuid: configuration.engineId };
  const server = await createHttpServer({ engine, identity, version: VERSION, logger });
  return {
    engine,
    server,
    pools: [pool.setting],
    detachPool: pool.detach,
    close: async () => {
      traced.stop();
      await runtime.close();
      await hosts.close();
      await logs.close();
      await catalog.close();
    },
  };
}

function openCatalog(dataDirectory: string, address: CatalogOption): Promise<Catalog> {
  return address === EMBEDDED_CATALOG ? openSqliteCatalog(dataDirectory) : openPostgresqlCatalog({ address, dataDirectory });
}

/** The first admin is made when an engine's first start has come through, and after its key. */
async function isUnused({ objects }: Catalog): Promise<boolean> {
  return (await objects.users.count()) === 0;
}

/** Makes the embedded pool where it is asked for and there is none yet, and mounts it again after a reboot. */
async function providePool(
  dataDirectory: string,
  storage: StorageOption,
  mayMake: boolean,
): Promise<{ readonly setting: PoolSetting; readonly detach: () => Promise<void> }> {
  if (storage.kind !== "embedded") {
    const location = storage.kind === "zfs" ? storage.dataset : storage.directory;
    return { setting: { name: "default", technology: storage.kind, location }, detach: () => Promise.resolve() };
  }
  const { sizeBytes } = storage;
  const [imagePath, mountPath] = [join(dataDirectory, "pool.btrfs"), join(dataDirectory, "pool")];
  const pool = await createEmbeddedBtrfsPool({ imagePath, sizeBytes, mountPath, mayMake });
  return { setting: { name: "default", technology: "btrfs", location: mountPath }, detach: () => pool.detach() };
}

async function settingsOf(
  dataDirectory: string,
  configuration: EngineConfiguration,
  overrides: Partial<CoreSettings> = {},
): Promise<CoreSettings> {
  const { scratch, helpers, preparation } = openDirectories(dataDirectory);
  const settings: CoreSettings = {
    engineId: configuration.engineId,
    timeLimits: { ...DEFAULT_TIME_LIMITS, ...configuration.timeLimits },
    retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
    monitoring: { ...DEFAULT_MONITORING, ...configuration.monitoring },
    keepActionsDays: configuration.actions?.keepDays ?? DEFAULT_KEEP_ACTIONS_DAYS,
    defaultScratchPath: scratch,
    binaryPath: join(helpers, "common", "scripts", "bin"),
    preparationPath: preparation,
    ...overrides,
  };
  for (const directory of [settings.defaultScratchPath, settings.preparationPath]) await mkdir(directory, { recursive: true, mode: 0o755 });
  await provideHelperPrograms(helpers, settings.binaryPath);
  return settings;
}

/** Where pools lie outside of the data directory: nothing may be mounted in there. */
async function poolDirectories(storage: StorageOption): Promise<readonly string[]> {
  if (storage.kind === "embedded") return [];
  return [storage.kind === "zfs" ? await zfsMountPath(storage.dataset) : storage.directory];
}

function ownHost(settings: CoreSettings): Host {
  const { defaultScratchPath: scratchPath, binaryPath } = settings;
  return { reference: "UNIX_HOST-1", address: "localhost", transport: "local", scratchPath, binaryPath, osName: "", createdAt: "" };
}
