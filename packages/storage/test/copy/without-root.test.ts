import { fileURLToPath } from "node:url";
import { runProcess, type ProcessResult } from "@opendvp/subprocess";
import { copyTechnology } from "@opendvp/storage";
import { describeStorageDriver } from "@opendvp/testkit/conformance";
import { describe, expect, it } from "vitest";
import { isRoot, plainPlace } from "../support/places.ts";

const NOBODY = 65534;
const FILE = "packages/storage/test/copy/without-root.test.ts";

if (isRoot) {
  const canRead = (await asNobody(["-e", `fs.accessSync(${JSON.stringify(FILE)})`])).exitCode === 0;
  describe.skipIf(!canRead)("copy without root (needs a checkout and a Node for every user)", () => {
    it("passes the same suite as the user nobody", async () => {
      const vitest = ["node_modules/vitest/vitest.mjs", "run", FILE, "--project", "real"];
      // Without a bundled configuration, nothing is written into the checkout.
      const { exitCode, stdout, stderr } = await asNobody([...vitest, "--configLoader", "runner", "--reporter=default"]);
      expect(exitCode, stdout + stderr).toBe(0);
      expect(stdout).toMatch(/Tests +[4-9][0-9] passed/);
    }, 180_000);
  });
} else {
  describeStorageDriver("copy without root, in a plain directory", {
    technology: copyTechnology,
    isThin: false,
    isAtomic: false,
    showsSnapshots: true,
    canVanish: false,
    canBecomeReadOnly: false,
    makePlace: plainPlace,
  });
}

/** Runs Node in the checkout as a user without any rights. */
async function asNobody(args: readonly string[]): Promise<ProcessResult> {
  const user = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"];
  const cwd = fileURLToPath(new URL("../../../../", import.meta.url));
  return runProcess({ file: "setpriv", args: [...user, process.execPath, ...args], cwd, env: { NO_COLOR: "1" } });
}
