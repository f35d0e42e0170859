import { readFile, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { cleanUpLeftovers, makeTestDirectory, removeTestDirectory } from "@opendvp/testkit";
import { runDocument, type DocumentTally } from "./run-document.ts";
import { openShellSession } from "./shell-session.ts";

const CHECKOUT = join(import.meta.dirname, "../..");

/** What the documents name: a directory that every user may enter, and the default address of an engine. */
const SHOWN_DIRECTORY = "/srv/dvp";
const SHOWN_ADDRESS = "127.0.0.1:8420";

/**
 * Does what a document of docs/ says, as somebody who has just prepared this checkout, in a directory and at a port of
 * its own. Whatever happens, all that it started is ended and removed.
 */
export async function tryDocument(name: string): Promise<DocumentTally> {
  await cleanUpLeftovers();
  const directory = await makeTestDirectory();
  try {
    const [work, home, own] = ["dvp", "home", "session"].map((part) => join(directory, part)) as [string, string, string];
    for (const path of [work, home, own]) await mkdir(path, { mode: 0o755 });
    const places = new Map([
      [SHOWN_DIRECTORY, work],
      [SHOWN_ADDRESS, `127.0.0.1:${await freePort()}`],
    ]);
    await using session = openShellSession({ cwd: CHECKOUT, directory: own, env: { HOME: home, TERM: "xterm" } });
    return await runDocument({ markdown: await readFile(join(CHECKOUT, "docs", name), "utf8"), session, places });
  } finally {
    await removeTestDirectory(directory);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
