import { createInterface } from "node:readline";
import { join } from "node:path";
import { startProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { BIN, query, type Address } from "./source-cluster.ts";

const CONNECTIONS = 4;
/** Each row changes pages enough for the WAL to grow: a sync has something to bring. */
const FILL = 400;
/** Leaves something of the machine to what is tested. */
const PAUSE_MS = 8;

/** Connections that each insert one row a transaction, numbered without a gap, hundreds a second. */
export interface WriteLoad {
  /** The highest number that the server has acknowledged, a connection each. */
  acknowledged(): readonly number[];
  /** Resolves when every connection has had some more acknowledged. */
  advance(rows: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startWriteLoad(address: Address): Promise<WriteLoad> {
  await query(address, "create table if not exists journal (writer int, n int, fill text, primary key (writer, n))");
  const { highest } = await readJournal(address);
  const writers = Array.from({ length: CONNECTIONS }, (_, writer) => startWriter(address, writer, highest[writer] ?? 0));
  const acknowledged = (): number[] => writers.map((each) => each.acknowledged());
  return {
    acknowledged,
    advance: async (rows) => {
      const wanted = acknowledged().map((n) => n + rows);
      while (acknowledged().some((n, writer) => n < (wanted[writer] ?? 0))) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    stop: async () => {
      await Promise.all(writers.map((each) => each.stop()));
    },
  };
}

interface Writer {
  acknowledged(): number;
  stop(): Promise<void>;
}

function startWriter({ host, port, user, database = "postgres" }: Address, writer: number, base: number): Writer {
  const psql = [join(BIN ?? "", "psql"), "-XAtq", "-h", host, "-p", String(port), "-U", user, "-d", database];
  const child = startProcess({ file: "runuser", args: ["-u", ENVIRONMENT_USER, "--", ...psql], cwd: "/" });
  let acknowledged = base;
  let isStopping = false;
  const insert = (): void => {
    child.stdin?.write(`insert into journal values (${writer}, ${acknowledged + 1}, repeat('x', ${FILL})) returning n;\n`);
  };
  child.stderr.resume();
  createInterface({ input: child.stdout }).on("line", (line) => {
    acknowledged = Number(line);
    if (isStopping) child.stdin?.end();
    else setTimeout(insert, PAUSE_MS);
  });
  insert();
  return {
    acknowledged: () => acknowledged,
    stop: async () => {
      isStopping = true;
      const timer = setTimeout(() => void child.end(), 5_000);
      await child.exited;
      clearTimeout(timer);
    },
  };
}

/** What a copy holds of the load: the highest number of each connection, and whether none below it is missing. */
export async function readJournal(address: Address): Promise<{ readonly highest: readonly number[]; readonly isWhole: boolean }> {
  const rows = await query(address, "select writer, max(n), count(*), min(n) from journal group by writer order by writer");
  const numbers = rows
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => row.split("|").map(Number));
  return {
    highest: numbers.map(([, highest = 0]) => highest),
    isWhole: numbers.every(([, highest = 0, count = 0, lowest = 0]) => count === highest - lowest + 1),
  };
}
