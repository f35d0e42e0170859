import { createInterface } from "node:readline";
import { join } from "node:path";
import { startProcess } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { BIN, type Address } from "../../../e2e/engine-under-test/source-cluster.ts";

/** A connection that stays. */
export interface Session {
  /** The server's process for it. */
  readonly backend: number;
  /** Has a statement run, and resolves when the backend is at it. */
  send(statement: string): Promise<void>;
  end(): Promise<void>;
}

export async function startSession({ host, port, user, database = "postgres" }: Address): Promise<Session> {
  const psql = [join(BIN, "psql"), "-XAtq", "-h", host, "-p", String(port), "-U", user, "-d", database];
  const child = startProcess({ file: "runuser", args: ["-u", ENVIRONMENT_USER, "--", ...psql], cwd: "/" });
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (statement: string): Promise<string> => {
    child.stdin?.write(`${statement}\n`);
    return String((await lines.next()).value);
  };
  return {
    backend: Number(await answer("select pg_backend_pid();")),
    send: async (statement) => {
      await answer(`select 'now'; ${statement}`);
    },
    end: async () => {
      await child.end();
    },
  };
}
