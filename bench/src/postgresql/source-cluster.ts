import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { asPostgresUser, freePort, runCommand, type Server } from "./programs.ts";

/** A PostgreSQL with data of pgbench in it. It ends with the directory in which it is. */
export interface SourceCluster extends Server {
  readonly dataDirectory: string;
  start(): Promise<void>;
  /** Cleanly, so that a copy of its files needs no recovery. */
  stop(): Promise<void>;
}

/** Makes a cluster and fills it: about 15 MB for each unit of scale. */
export async function makeSourceCluster(bin: string, directory: string, scale: number): Promise<SourceCluster> {
  const dataDirectory = join(directory, "data");
  const port = await freePort();
  const run = (program: string, args: readonly string[]): Promise<string> => runCommand(asPostgresUser(bin, program, args));
  await mkdir(directory, { recursive: true });
  await runCommand(`chown ${ENVIRONMENT_USER} '${directory}'`);
  await run("initdb", ["-D", dataDirectory, "-U", "boss", "--locale=C", "--encoding=UTF8", "--data-checksums", "--no-sync"]);
  const settings = [`port = ${port}`, "listen_addresses = '127.0.0.1'", `unix_socket_directories = '${directory}'`];
  await appendFile(join(dataDirectory, "postgresql.conf"), `${settings.join("\n")}\n`);
  await writeFile(join(dataDirectory, "pg_hba.conf"), "local all all trust\nlocal replication all trust\n");
  const control = (verb: string): Promise<string> =>
    run("pg_ctl", ["-D", dataDirectory, "-l", join(directory, "log"), "-m", "fast", "-w", verb]);
  await control("start");
  await run("pgbench", ["-i", "-q", "-s", String(scale), "-h", directory, "-p", String(port), "-U", "boss", "postgres"]);
  return {
    dataDirectory,
    socketDirectory: directory,
    port,
    start: async () => {
      await control("start");
    },
    stop: async () => {
      await control("stop");
    },
  };
}
