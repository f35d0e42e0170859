import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer, Dvp } from "../dvp.ts";
import { field, listAt } from "../field.ts";
import type { StepFigures } from "../figures.ts";
import { firstSnapshot } from "../first-snapshot.ts";
import { isThin, onlyPool, snapshotsWhatRuns, usedBytes } from "../pool-usage.ts";
import { createStopwatch } from "../stopwatch.ts";
import { createBalance } from "./balance.ts";
import type { DemoCluster } from "./demo-cluster.ts";
import type { PostgresFigures } from "./postgres-figures.ts";
import { freePort } from "./free-port.ts";
import { OWNER, type PostgresAddress } from "./programs.ts";

const COPIES = ["one", "two"] as const;
const CLIENTS = 2;
const LOAD_SECONDS = 4;

export interface PostgresTourOptions {
  readonly dvp: Dvp;
  /** The folder of the plugin whose datasets are PostgreSQL clusters. */
  readonly plugin: string;
  readonly source: DemoCluster;
  /** Where artifact, staging and copies go. */
  readonly directory: string;
  readonly hostUser: string;
  readonly onStep: (step: StepFigures) => void;
  /** Says what a check has shown. */
  readonly onShown: (line: string) => void;
}

/** The tour: link, sync under load, provision twice, first query, write, snapshot under load, rewind, refresh. */
export async function postgresTour(options: PostgresTourOptions): Promise<PostgresFigures> {
  const { dvp, source, directory, hostUser, onShown } = options;
  const { programs } = source;
  const pool = await onlyPool(dvp);
  // Where a snapshot must stop what runs, a copy that is stopped takes no load.
  const isAtomic = snapshotsWhatRuns(pool);
  const stopping = isAtomic ? [] : ["--allow-stop"];
  const watch = createStopwatch(() => usedBytes(dvp, pool), options.onStep);
  const balance = createBalance(programs, onShown);
  const copies = await Promise.all(COPIES.map(async (name) => ({ name, path: join(directory, "copies", name), port: await freePort() })));
  const [one, two] = copies.map(({ path, port }): PostgresAddress => ({ host: join(path, "run"), port }));
  if (one === undefined || two === undefined) throw new Error("The tour has no copies.");
  const sizeBytes = await source.sizeBytes();

  const artifact = join(directory, "postgresql.json");
  await watch.step("build the plugin", () => dvp("build", "-c", join(options.plugin, "plugin_config.yml"), "-a", artifact));
  await watch.step("upload it", () => dvp("upload", "-a", artifact));
  await watch.step("add this machine", () => dvp("environment", "create", "localhost", "--address", "localhost", "--user", hostUser));
  await watch.storingStep("link and sync", async () => dvp("dsource", "link", "shop", ...(await linkArguments(options))));
  await rm(linkFile(directory));
  const load = underLoad(source);
  await watch.storingStep("sync under load", () => load(source.address, () => dvp("dsource", "sync", "shop", ...stopping)));

  const firstQueryMs: number[] = [];
  for (const { name, path, port } of copies) {
    const parameters = JSON.stringify({ mountPath: path, port });
    await watch.storingStep(`provision ${name}`, () => dvp("vdb", "provision", name, "--from", "shop", "--params", parameters));
    const started = performance.now();
    await programs.sql({ host: join(path, "run"), port }, "select bbalance from pgbench_branches limit 1");
    firstQueryMs.push(performance.now() - started);
  }
  const provisioned = await balance.agree("Copy one, taken while the source was written", one);

  await watch.storingStep("write into one", async () => {
    await load(one, () => Promise.resolve({}));
    return {};
  });
  const written = await balance.agree("Copy one, written", one);
  await balance.same("Copy two has not changed", two, provisioned);
  const snapshot = (): Promise<Answer> => dvp("vdb", "snapshot", "one", ...stopping);
  if (isAtomic) await watch.storingStep("snapshot one under load", () => load(one, snapshot));
  else await watch.storingStep("snapshot one", snapshot);
  await programs.sql(one, "drop table pgbench_accounts; truncate pgbench_history");
  onShown("Copy one has lost its accounts");
  await watch.storingStep("rewind one", () => dvp("vdb", "rewind", "one", "--wait"));
  const rewound = await balance.agree("Copy one, rewound to its snapshot", one);
  if (rewound < written) throw new Error(`The snapshot lacks transactions: ${rewound} of at least ${written}.`);
  await watch.storingStep("rewind it to its beginning", async () => {
    return dvp("vdb", "rewind", "one", "--wait", "--snapshot", await firstSnapshot(dvp, "one"));
  });
  await balance.same("Copy one is as it was provisioned", one, provisioned);

  await watch.storingStep("sync again under load", () => load(source.address, () => dvp("dsource", "sync", "shop", ...stopping)));
  await watch.storingStep("refresh two", () => dvp("vdb", "refresh", "two"));
  const refreshed = await balance.agree("Copy two, refreshed", two);
  if (refreshed <= provisioned) throw new Error("The refresh brought nothing new.");

  const grown = watch.steps.filter(({ step }) => step.startsWith("provision")).map(({ poolGrowthBytes }) => poolGrowthBytes ?? 0);
  return {
    source: { version: source.version, bytes: sizeBytes },
    pool: { driver: field(pool, "driver"), isThin: isThin(pool) },
    steps: watch.steps,
    firstQueryMs,
    copies: { count: copies.length, logicalBytes: copies.length * sizeBytes, usedBytes: grown.reduce((sum, bytes) => sum + bytes, 0) },
  };
}

/** Runs something while pgbench writes into a cluster. */
function underLoad({ programs }: DemoCluster): (address: PostgresAddress, run: () => Promise<Answer>) => Promise<Answer> {
  return async ({ host, port }, run) => {
    const how = ["--no-vacuum", `--client=${CLIENTS}`, `--time=${LOAD_SECONDS}`, "-h", host, "-p", String(port), "-U", OWNER, "postgres"];
    const meanwhile = async (): Promise<Answer> => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return run();
    };
    const [answer] = await Promise.all([meanwhile(), programs.run("pgbench", how)]);
    return answer;
  };
}

const linkFile = (directory: string): string => join(directory, "link.json");

async function linkArguments({ dvp, source, directory }: PostgresTourOptions): Promise<string[]> {
  const sources = listAt(await dvp("source", "list"), "items");
  const found = sources.find((each) => field(each, "name") === source.dataDirectory);
  if (found === undefined) throw new Error("The plugin has not discovered the tour's PostgreSQL.");
  const { user, password } = source;
  // A password stands in no argument: everybody can read those.
  const file = linkFile(directory);
  await writeFile(file, JSON.stringify({ mountPath: join(directory, "staging"), host: "127.0.0.1", user, password }), { mode: 0o600 });
  return ["--source", field(found, "id"), "--params-file", file];
}
