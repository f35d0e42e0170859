import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { findPrograms, OWNER, type PostgresAddress, type PostgresPrograms } from "./programs.ts";

/** What pgbench makes for each step of its scale. */
export const BYTES_OF_A_SCALE = 15 * 2 ** 20;

/** A PostgreSQL of the tour's own, filled by pgbench: what production would be. */
export interface DemoCluster {
  readonly programs: PostgresPrograms;
  readonly address: PostgresAddress;
  readonly dataDirectory: string;
  /** What the engine logs in with. */
  readonly user: string;
  readonly password: string;
  readonly version: string;
  sizeBytes(): Promise<number>;
  stop(): Promise<void>;
}

export interface DemoRequest {
  readonly directory: string;
  /** The operating system's user that runs it. */
  readonly user: string;
  readonly scale: number;
}

/** Makes it, starts it, and fills it. */
export async function startDemoCluster({ directory, user, scale }: DemoRequest): Promise<DemoCluster> {
  const programs = findPrograms(user);
  const dataDirectory = join(directory, "data");
  const address = { host: directory, port: await freePort() };
  // Whoever reaches the socket in it is the superuser.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) execFileSync("chown", [user, directory]);
  await programs.run("initdb", [
    "-D",
    dataDirectory,
    "-U",
    OWNER,
    "--no-sync",
    "--locale=C",
    "--encoding=UTF8",
    "--auth-local=trust",
    "--auth-host=scram-sha-256",
  ]);
  const settings = [
    `port = ${address.port}`,
    "listen_addresses = '127.0.0.1'",
    `unix_socket_directories = '${directory}'`,
    "max_wal_size = 2GB",
  ];
  await appendFile(join(dataDirectory, "postgresql.conf"), `${settings.join("\n")}\n`);
  await programs.run("pg_ctl", ["-D", dataDirectory, "-l", join(directory, "server.log"), "-w", "start"]);
  const password = randomBytes(12).toString("hex");
  await programs.sql(address, `create role replicator login replication password '${password}'`);
  const where = ["-h", address.host, "-p", String(address.port), "-U", OWNER];
  await programs.run("pgbench", [...where, "--initialize", "--quiet", `--scale=${scale}`, "postgres"]);
  return {
    programs,
    address,
    dataDirectory,
    user: "replicator",
    password,
    version: await programs.sql(address, "show server_version"),
    sizeBytes: async () => Number(await programs.sql(address, "select sum(pg_database_size(oid)) from pg_database")),
    stop: async () => {
      await programs.run("pg_ctl", ["-D", dataDirectory, "-m", "fast", "-w", "stop"]);
    },
  };
}
