import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "@opendvp/subprocess";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../prepare-machine.sh", import.meta.url));
const [SERVERS, SETTINGS] = ["/usr/lib/postgresql", "/etc/postgresql-common"];
const canHideThem = process.getuid?.() === 0 && existsSync(SERVERS) && existsSync(SETTINGS);

describe.skipIf(!canHideThem)("where PostgreSQL is missing (needs root, and the directories of Debian's packages to hide)", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "opendvp-test-prepare-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** Runs the script where neither server nor settings are to be seen, with an apt-get that notes what Debian's packages are told. */
  async function prepare(exitCode: number): Promise<{ readonly exitCode: number | null; readonly told: string; readonly left: string }> {
    const [told, left] = [join(directory, "told"), join(directory, "left")];
    const aptGet = `#!/bin/sh\nif [ "$1" = install ]; then cat ${SETTINGS}/createcluster.d/* >${told}; exit ${exitCode}; fi\n`;
    await writeFile(join(directory, "apt-get"), aptGet, { mode: 0o755 });
    const hidden = `mount -t tmpfs none ${SERVERS} && mount -t tmpfs none ${SETTINGS} && touch ${SETTINGS}/user_clusters`;
    const script = `${hidden} || exit 9; PATH=${directory}:$PATH ${SCRIPT} --postgresql --no-build; code=$?; ls -A ${SETTINGS} >${left}; exit $code`;
    const ran = await runProcess({ file: "unshare", args: ["--mount", "bash", "-c", script], timeLimitMs: 60_000 });
    return { exitCode: ran.exitCode, told: await readFile(told, "utf8"), left: await readFile(left, "utf8") };
  }

  test.each([0, 1])(
    "its server is installed without a cluster, and Debian's settings stay as they were (apt-get ends with %d)",
    async (exitCode) => {
      expect(await prepare(exitCode)).toEqual({ exitCode, told: "create_main_cluster = false\n", left: "user_clusters\n" });
    },
  );
});
