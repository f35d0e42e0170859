import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTestServer } from "../test-server.ts";

describe("the logs of a plugin", () => {
  it("come as an archive that tar unpacks, in the folders of a support bundle", async () => {
    const { call, engine } = await createTestServer();
    const long = `${"long-".repeat(30)}.log`;
    const contents = { "debug.log": "a line\n".repeat(1000), "empty.log": "", [long]: "ä".repeat(511) };
    engine.plugins.logs = () =>
      Promise.resolve(Object.entries(contents).map(([name, text]) => ({ name, open: () => Readable.from([Buffer.from(text)]) })));
    const answer = await call("GET", "/plugins/directory/logs");
    expect(answer.headers).toMatchObject({
      "content-type": "application/gzip",
      "content-disposition": 'attachment; filename="APPDATA_TOOLKIT-1-logs.tar.gz"',
    });
    const directory = await mkdtemp(join(tmpdir(), "dvp-logs-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "logs.tar.gz"), answer.rawPayload);
    execFileSync("tar", ["-xzf", "logs.tar.gz"], { cwd: directory });
    for (const [name, text] of Object.entries(contents)) {
      expect(await readFile(join(directory, "log/mgmt_log/plugin_log/directory", name), "utf8")).toBe(text);
    }
  });
});
