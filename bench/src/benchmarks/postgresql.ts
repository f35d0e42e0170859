import { existsSync } from "node:fs";
import { join } from "node:path";
import { listAll } from "@opendvp/client";
import { startProcess } from "@opendvp/subprocess";
import { freePort, POSTGRESQL_PROGRAMS } from "@opendvp/testkit";
import { configFileOf, installPlugin } from "../../../e2e/engine-under-test/index.ts";
import type { BenchContext } from "../harness/bench-context.ts";
import type { BenchEngine } from "../harness/bench-engine.ts";
import type { Benchmark, Measured } from "../harness/benchmark.ts";
import { interleave, timed } from "../harness/interleave.ts";
import { median } from "../harness/sample-summary.ts";
import { HandCopies } from "../postgresql/hand-copies.ts";
import { asking, asPostgresUser, runCommand, type Server } from "../postgresql/programs.ts";
import { serverOtherThan, serverProcess } from "../postgresql/ready-server.ts";
import { makeSourceCluster } from "../postgresql/source-cluster.ts";

const DATASET = "database";
const BARS = ["postgresql-provision", "postgresql-rewind"] as const;
const PREPARATION_LIMIT_MS = 120_000;

export const postgresql: Benchmark = {
  name: "postgresql",
  title: "a copy of a PostgreSQL to its first answer, beside clone and pg_ctl start typed by hand",
  bars: BARS,
  run: async (context) => {
    const bin = POSTGRESQL_PROGRAMS;
    if (!existsSync(configFileOf("postgresql"))) return missing("the plugin postgresql is not there");
    if (bin === undefined) return missing("this machine has no PostgreSQL");
    const copies = await DatabaseCopies.make(context, bin);
    const rounds = context.isQuick ? 1 : 15;
    const provisioned = await interleave(
      copies.atRest({
        api: (round) => copies.provision(`database ${round}`),
        hand: (round) => copies.byHand.copy(`provisioned-${round}`),
      }),
      { rounds, isWarmedUp: !context.isQuick },
    );
    const rewound = await copies.withSnapshotUnderLoad(async (rewind) =>
      interleave(copies.atRest({ api: rewind, hand: (round) => copies.byHand.copy(`rewound-${round}`) }), {
        rounds,
        isWarmedUp: !context.isQuick,
      }),
    );
    const byHand = (samples: readonly number[]): Measured => ({ what: "clone, mount --bind, pg_ctl start, query", unit: "ms", samples });
    return {
      figures: [
        {
          bar: "postgresql-provision",
          value: median(provisioned.api) / median(provisioned.hand),
          ours: { what: "provision to first answer", unit: "ms", samples: provisioned.api },
          byHand: byHand(provisioned.hand),
        },
        {
          bar: "postgresql-rewind",
          value: median(rewound.api) / median(rewound.hand),
          ours: { what: "rewind to first answer", unit: "ms", samples: rewound.api },
          byHand: byHand(rewound.hand),
        },
      ],
    };
  },
};

function missing(reason: string): { readonly figures: readonly { readonly bar: (typeof BARS)[number]; readonly missing: string }[] } {
  return { figures: BARS.map((bar) => ({ bar, missing: reason })) };
}

/** A linked database, its copies through the API, and those by hand. */
class DatabaseCopies {
  readonly byHand: HandCopies;
  readonly #bench: BenchEngine;
  readonly #bin: string;
  readonly #repository: string;

  private constructor(parts: {
    readonly bench: BenchEngine;
    readonly bin: string;
    readonly repository: string;
    readonly byHand: HandCopies;
  }) {
    this.#bench = parts.bench;
    this.#bin = parts.bin;
    this.#repository = parts.repository;
    this.byHand = parts.byHand;
  }

  static async make(context: BenchContext, bin: string): Promise<DatabaseCopies> {
    const bench = await context.ownEngine();
    const { engine } = bench;
    context.note("  a source of pgbench");
    const source = await makeSourceCluster(join(engine.directory, "source"), context.isQuick ? 1 : 70);
    const byHand = await HandCopies.make(bench, bin, source);
    const { repository } = await installPlugin(engine, "postgresql");
    const sources = await listAll((query) => engine.client.sources.list({ query }));
    const found = sources.find(({ name }) => name === source.dataDirectory);
    if (found === undefined) throw new Error("Discovery has not found the source.");
    const parameters = { mountPath: join(engine.directory, "staging"), user: "boss", host: source.socketDirectory };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: DATASET, source_id: found.id, parameters } }));
    return new DatabaseCopies({ bench, bin, repository, byHand });
  }

  /** The same measurements, each begun when what the one before has led to is done: snapshots are prepared behind their jobs. */
  atRest<T extends Readonly<Record<string, (round: number) => Promise<number>>>>(measurements: T): T {
    const waiting = Object.entries(measurements).map(([name, measure]) => {
      return [name, async (round: number) => (await this.#bench.atRest(), await measure(round))];
    });
    return Object.fromEntries(waiting) as T;
  }

  /** Provisions a copy and asks it something; it is gone afterwards. Gives the milliseconds to its answer. */
  async provision(name: string): Promise<number> {
    const made = await this.#make(name);
    await this.#delete(name);
    return made.tookMs;
  }

  /** Snapshots a copy while pgbench writes into it, waits until that snapshot is prepared, and lends the rewind to it. */
  async withSnapshotUnderLoad<T>(use: (rewind: () => Promise<number>) => Promise<T>): Promise<T> {
    const { engine } = this.#bench;
    const name = "loaded";
    const { server } = await this.#make(name);
    const target = { params: { vdbId: name } };
    const load = this.#startLoad(server);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await engine.run(engine.client.vdbs.snapshot({ ...target, body: {} }));
    await load.end();
    const snapshot_id = await this.#preparedSnapshot(name);
    return use(() =>
      this.#untilAnswer(server, engine.client.vdbs.rollbackBySnapshot({ ...target, body: { snapshot_id }, query: { wait: true } })),
    );
  }

  async #make(name: string): Promise<{ readonly server: Server; readonly tookMs: number }> {
    const { engine } = this.#bench;
    const [mountPath, port] = [join(engine.directory, "copies", name), await freePort()];
    const server = { socketDirectory: join(mountPath, "run"), port };
    const body = { name, repository_id: this.#repository, appdata_source_params: { mountPath, port }, source_data_id: DATASET };
    const tookMs = await this.#untilAnswer(server, engine.client.vdbs.provisionBySnapshot({ body }));
    return { server, tookMs };
  }

  /** The milliseconds to the first answer of the server that a job starts; the job goes on to its end, which nobody counts. */
  async #untilAnswer(server: Server, asked: ReturnType<BenchEngine["engine"]["client"]["vdbs"]["provisionBySnapshot"]>): Promise<number> {
    const former = await serverProcess(server);
    const waiting = new AbortController();
    // One that fails starts no server.
    const ended = this.#bench.engine.run(asked).finally(() => waiting.abort());
    const answered = timed(async () => {
      await Promise.race([ended, serverOtherThan(server, former, waiting.signal)]);
      await runCommand(asking(this.#bin, server, "select count(*) from pgbench_branches"));
    });
    const [tookMs] = await Promise.all([answered, ended]);
    return tookMs;
  }

  async #delete(name: string): Promise<void> {
    const { engine } = this.#bench;
    await engine.run(engine.client.vdbs.delete({ params: { vdbId: name }, query: { wait: true } }));
  }

  #startLoad({ socketDirectory, port }: Server): { end(): Promise<void> } {
    const args = ["-n", "-c", "2", "-T", "600", "-h", socketDirectory, "-p", String(port), "-U", "boss", "postgres"];
    const child = startProcess({
      file: "bash",
      args: ["-c", `exec ${asPostgresUser(this.#bin, "pgbench", args)}`],
      cwd: "/",
      stdin: "ignore",
    });
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    return child;
  }

  async #preparedSnapshot(dataset: string): Promise<string> {
    const { engine } = this.#bench;
    for (const startedMs = performance.now(); performance.now() - startedMs < PREPARATION_LIMIT_MS;) {
      const id = await this.#bench.latestSnapshot(dataset);
      const { preparation } = await engine.client.snapshots.show({ params: { snapshotId: id } });
      if (preparation === "DONE" || preparation === "NOT_NEEDED") return id;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The snapshot of ${dataset} was not prepared in time.`);
  }
}
