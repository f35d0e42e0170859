import { randomInt } from "node:crypto";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { JsonObject } from "@opendvp/model";
import { endUsersOf } from "@opendvp/subprocess";
import { query, startSourceCluster, type SourceCluster } from "../engine-under-test/source-cluster.ts";
import { configFileOf } from "../engine-under-test/index.ts";
import type { Content, DatasetKind } from "./dataset-kind.ts";
import { askAtRest } from "./postgresql-at-rest.ts";

/** Every base backup ends a segment, and all receivers then make a new one of full size: that shall be little. */
const SEGMENT_MB = 1;
/** Every dSource has a slot and a receiver, and two connections more while it is linked. */
const SETTINGS = ["max_wal_senders = 60", "max_replication_slots = 60", "shared_buffers = 16MB"].join("\n");

const ROWS = 500;
/** Each row tells the version, so that data of two moments shows, and the index must know every row. */
const MAKING = [
  `create table kept as select n, '1' as version, repeat('k', 200) as fill from generate_series(1, ${ROWS}) n`,
  "create index kept_n on kept (n)",
  "create table mine (word text)",
  "create extension amcheck",
];
const LOOK = [
  "select json_build_object('version', (select string_agg(distinct version, ' and ') from kept), 'rows', (select count(*) from kept),",
  "'mine', (select string_agg(word, ' and ') from mine), 'index', bt_index_check('kept_n', true)::text)",
].join(" ");

const TURNS = 100;
const TURN_MS = 50;

/** Clusters of PostgreSQL, with the plugin for them. */
export class PostgresqlDatasets implements DatasetKind {
  readonly name = "postgresql";
  readonly configFile = configFileOf("postgresql");
  readonly pointsARound = 12;
  readonly #directory: string;
  readonly #ports = new Map<string, number>();
  /** Below the ports that the system gives to clients: a copy that is stopped finds its own free again. */
  readonly #firstPort = randomInt(10_000, 28_000);
  #source: SourceCluster | undefined;

  constructor(directory: string) {
    this.#directory = join(directory, "source");
  }

  async makeSource(): Promise<void> {
    this.#source = await startSourceCluster({ directory: this.#directory, configuration: SETTINGS, segmentMb: SEGMENT_MB });
    for (const statement of MAKING) await this.#source.sql(statement);
  }

  async changeSource(version: string): Promise<void> {
    await this.#made.sql(`update kept set version = '${version}'`);
  }

  /** By host and port, under which discovery finds nothing. */
  sourceParameters(name: string): JsonObject {
    return { name, cluster: `127.0.0.1:${this.#made.port}`, port: this.#made.port };
  }

  linkParameters(path: string): JsonObject {
    return { mountPath: path, user: "keeper", password: this.#made.password, host: "127.0.0.1", useSlot: true };
  }

  copyParameters(name: string, path: string): JsonObject {
    const port = this.#ports.get(name) ?? this.#firstPort + this.#ports.size;
    this.#ports.set(name, port);
    return { mountPath: path, port };
  }

  async read(path: string): Promise<Content> {
    if ((await readdir(path).catch(() => [])).length === 0) return { version: undefined, mine: undefined };
    const address = await addressIn(path);
    const text = address === undefined ? await askAtRest(path, LOOK, this.#directory) : await query(address, LOOK);
    const { version, rows, mine } = JSON.parse(text) as { version: string; rows: number; mine: string | null };
    if (rows !== ROWS) throw new Error(`${path} holds ${rows} rows of ${ROWS}.`);
    return { version, mine: mine ?? undefined };
  }

  async write(path: string, { version, mine }: Partial<Content>): Promise<void> {
    const address = await addressIn(path);
    if (address === undefined) throw new Error(`No server runs in ${path}.`);
    const statements = [
      ...(version === undefined ? [] : [`update kept set version = '${version}'`]),
      ...(mine === undefined ? [] : ["delete from mine", `insert into mine values ('${mine}')`]),
    ];
    await query(address, statements.join("; "));
  }

  async isAlive(path: string): Promise<boolean> {
    return (await works(join(path, "data"), "postmaster.pid")) || (await works(join(path, "wal"), "receiver.pid"));
  }

  async endProcess(path: string): Promise<void> {
    await endUsersOf(path);
  }

  /** A server needs a moment to see that a receiver is gone. */
  async leftovers(): Promise<readonly string[]> {
    for (let turn = 1; ; turn++) {
      const slots = (
        await this.#made.sql("select slot_name || case when active then ' in use' else '' end from pg_replication_slots")
      ).split("\n");
      if (slots.length === 1 && slots[0]?.endsWith(" in use") === true) return [];
      if (turn === TURNS) return [`the slots ${slots.join(", ")}`];
      await setTimeout(TURN_MS);
    }
  }

  get #made(): SourceCluster {
    if (this.#source === undefined) throw new Error("The source has not been made.");
    return this.#source;
  }
}

/** Where the server of a copy is reached; undefined unless one runs. */
async function addressIn(path: string): Promise<{ host: string; port: number; user: string } | undefined> {
  if (!(await works(join(path, "data"), "postmaster.pid"))) return undefined;
  const [, , , port] = (await readFile(join(path, "data", "postmaster.pid"), "utf8")).split("\n");
  return { host: join(path, "run"), port: Number(port), user: "boss" };
}

/** Whether the process that a file in a directory names works there. */
async function works(directory: string, pidFile: string): Promise<boolean> {
  const text = await readFile(join(directory, pidFile), "utf8").catch(() => "");
  const [pid = ""] = text.split("\n");
  return pid !== "" && (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === directory;
}
