import { libs, logger, type RemoteConnection } from "@opendvp/plugin-sdk";
import type { RepositoryDefinition } from "../generated/definitions.ts";
import findInstallationsScript from "./find-installations.sh";
import { majorOf } from "./major-of.ts";

const OLDEST = 13;

/** One repository for each installation of PostgreSQL on a host. */
export async function discoverRepositories(connection: RemoteConnection): Promise<RepositoryDefinition[]> {
  const { stdout } = await libs.runBash(connection, findInstallationsScript, { check: true });
  const found = lines(stdout).map(([binDirectory = "", text = ""]) => ({ binDirectory, version: text.split(" ")[0] ?? text }));
  const supported = found.filter(({ version }) => Number(majorOf(version)) >= OLDEST);
  for (const { binDirectory, version } of found) {
    if (!supported.some((each) => each.binDirectory === binDirectory)) {
      logger.warning("PostgreSQL %s in %s is left out: %d is the oldest supported.", version, binDirectory, OLDEST);
    }
  }
  return supported.map(({ binDirectory, version }) => ({ name: `PostgreSQL ${version} (${binDirectory})`, binDirectory, version }));
}

function lines(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}
