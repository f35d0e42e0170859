import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runProcess, type ProcessResult } from "@opendvp/subprocess";
import { ENVIRONMENT_USER } from "../../../e2e/engine-under-test/index.ts";
import { SETTINGS_OF_A_PLACE } from "../src/server/settings-of-a-place.ts";
import { conninfo } from "../src/source/conninfo.ts";
import { KEY_FILES_QUERY } from "../src/source/key-files-query.ts";
import { SETTINGS_QUERY } from "../src/source/settings-query.ts";
import { asUser, BIN, type SourceCluster } from "../../../e2e/engine-under-test/source-cluster.ts";

const SRC = join(import.meta.dirname, "../src");

type ScriptName = `staging/${"base-backup" | "catch-up" | "start-staging" | "stop-staging"}` | "server/prepare-snapshot";

/** Runs the scripts of staging as the plugin does, for what no request to an engine brings about in time. */
export interface StagingScripts {
  readonly mountPath: string;
  run(name: ScriptName, variables?: Record<string, string>): Promise<ProcessResult>;
}

/** In a directory of the source's, which it ends with; the source is reached through a port that may be another's. */
export async function makeStagingScripts(source: SourceCluster, port = source.port): Promise<StagingScripts> {
  const mountPath = join(source.directory, "staging");
  await asUser("mkdir", [mountPath]);
  const passFile = join(source.directory, "scratch", "pgpass");
  const always = {
    MOUNT: mountPath,
    BIN: BIN,
    SLOT: "opendvp_of_a_test",
    USE_SLOT: "",
    CONNINFO: conninfo({ host: "127.0.0.1", port: String(port), user: "keeper" }),
    DATABASE_OPTION: conninfo({ dbname: "postgres" }),
    PASSFILE: passFile,
    PASSFILE_OPTION: conninfo({ passfile: passFile }),
    PASSWORD_LINE: `*:*:*:*:${source.password.replaceAll(/[\\:]/g, "\\$&")}`,
    KEY_FILES_QUERY,
    SETTINGS_QUERY,
    PATIENCE: "120",
    FORGET: SETTINGS_OF_A_PLACE.join("|"),
  };
  return {
    mountPath,
    run: async (name, variables = {}) => {
      const files = ["server/functions.sh", "source/source.sh", `${name}.sh`];
      const text = await Promise.all(files.map((file) => readFile(join(SRC, file), "utf8")));
      const args = ["-u", ENVIRONMENT_USER, "--", "bash", "-c", text.join("\n")];
      return runProcess({ file: "runuser", args, cwd: "/", env: { ...always, ...variables } });
    },
  };
}
