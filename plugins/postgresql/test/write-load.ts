import { createInterface } from "node:readline";
import { join } from "node:path";
import { startProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { BIN, query, type Address } from "../../../e2e/engine-under-test/source-cluster.ts";

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
  const highest = new Map((await query(address, "select writer, max(n) from journal group by writer")).split("\n").map(numbers));
  const writers = Array.from({ length: CONNECTIONS }, (_, writer) => startWriter(address, writer, highest.get(writer) ?? 0));
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
  const psql = [join(BIN, "psql"), "-XAtq", "-h", host, "-p", String(port), "-U", user, "-d", database];
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

function numbers(row: string): readonly [number, number] {
  const [key, value] = row.split("|");
  return [Number(key), Number(value)];
}
