import { join } from "node:path";
import { asUser, query, type Address } from "../../../e2e/engine-under-test/source-cluster.ts";

/** A server whose WAL can be read: it keeps what is needed, by `wal_keep_size`. */
export interface WalOwner {
  readonly address: Address;
  readonly dataDirectory: string;
}

/** Where the WAL of a server ends. */
export function endOfWal({ address }: WalOwner): Promise<string> {
  return query(address, "select pg_current_wal_flush_lsn()");
}

/** What a server holds of a load, in the order in which it was committed. */
export interface CommitOrder {
  /** In no order: what was committed before. */
  readonly earlier: readonly string[];
  /** In order: what was committed from the given place on. */
  readonly rows: readonly string[];
  /** How many of them were committed before the mark of the last sync; -1 without one. */
  readonly atMark: number;
}

/** Reads from a server's WAL in which order the rows of its journal were committed, from a place in it on. */
export async function readCommitOrder(owner: WalOwner, from: string): Promise<CommitOrder> {
  const rowOf = new Map((await query(owner.address, `select xmin, ${KEY} from journal`)).split("\n").map((row) => pair(row.split("|"))));
  const range = ["-s", from, "-e", await endOfWal(owner)];
  const wal = await asUser("pg_waldump", ["-p", join(owner.dataDirectory, "pg_wal"), ...range]);
  const rows: string[] = [];
  let atMark = -1;
  for (const line of wal.split("\n")) {
    if (line.includes('prefix "opendvp"')) atMark = rows.length;
    const xid = /^rmgr: Transaction .* tx: +(\d+),.* desc: COMMIT /.exec(line)?.[1] ?? "";
    const row = rowOf.get(xid);
    if (row === undefined) continue;
    rows.push(row);
    rowOf.delete(xid);
  }
  return { earlier: [...rowOf.values()], rows, atMark };
}

/** The rows of the journal that a copy holds. */
export async function rowsOf(address: Address): Promise<readonly string[]> {
  return (await query(address, `select ${KEY} from journal`)).split("\n").sort();
}

const KEY = "writer || '/' || n";

function pair([key = "", value = ""]: readonly string[]): readonly [string, string] {
  return [key, value];
}
