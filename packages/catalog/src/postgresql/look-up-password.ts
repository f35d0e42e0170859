import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { EngineError } from "@opendvp/model";
import type { PostgresqlAddress } from "./postgresql-address.ts";

const OTHERS = 0o077;

/**
 * The password for a server that asks for one, from where all clients of PostgreSQL find it: the first line of the password file
 * whose host, port, database and user fit. Read at each connection, so that a new password needs no restart.
 * @throws EngineError `CATALOG_FAILED` where there is none, or others may read the file
 */
export async function lookUpPassword({ host, port, database, user }: Omit<PostgresqlAddress, "encryption">): Promise<string> {
  const file = process.env["PGPASSFILE"] ?? join(homedir(), ".pgpass");
  const wanted = [host.startsWith("/") ? "localhost" : host, String(port), database, user];
  for (const line of (await readPrivate(file)).split(/\r?\n/)) {
    const fields = fieldsOf(line);
    const password = fields[wanted.length];
    if (password !== undefined && !line.startsWith("#") && wanted.every((value, index) => fits(value, fields[index]))) return password;
  }
  throw unusable(`${file} has no line for ${wanted.join(":")}`, `Add a line ${wanted.join(":")}:PASSWORD to that file, of mode 0600.`);
}

async function readPrivate(file: string): Promise<string> {
  const handle = await open(file, "r").catch((cause: unknown) => {
    throw unusable(
      `${file} cannot be read`,
      "Put a line HOST:PORT:DATABASE:USER:PASSWORD into that file, of mode 0600, or name another with PGPASSFILE.",
      cause,
    );
  });
  try {
    const { mode } = await handle.stat();
    if ((mode & OTHERS) !== 0) throw unusable(`others may read ${file}`, `Close it to others: chmod 600 ${file}`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** Fields between colons; a backslash keeps what follows from being one. The password is all of the last field. */
function fieldsOf(line: string): readonly string[] {
  const fields = line.match(/(?:\\.|[^:\\])*(?::|$)/g) ?? [];
  return fields.map((field) => field.replace(/:$/, "").replaceAll(/\\(.)/g, "$1"));
}

function fits(value: string, pattern: string | undefined): boolean {
  return pattern === "*" || pattern === value;
}

function unusable(why: string, action: string, cause?: unknown): EngineError {
  return new EngineError("CATALOG_FAILED", `The catalog's server asks for a password, and ${why}.`, { action, cause });
}
