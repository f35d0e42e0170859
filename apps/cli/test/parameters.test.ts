import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDvp, type Dvp } from "./dvp.ts";

/** The parameters that the engine was last asked to provision with. */
function provisioned({ engine }: Dvp): unknown {
  const { input } = engine.asked.findLast(({ what }) => what === "virtualSources.provision") ?? {};
  return (input as [{ parameters: unknown }] | undefined)?.[0].parameters;
}

const PROVISION = ["vdb", "provision", "v2", "--from", "payroll"] as const;

describe("parameters of a plugin", () => {
  it("take the types of the plugin's schema", async () => {
    const test = await createDvp();
    await test.dvp(...PROVISION, "--param", "mountPath=/mnt/a=b", "--param", "port=5433");
    expect(provisioned(test)).toEqual({ mountPath: "/mnt/a=b", port: 5433 });
    await test.dvp("dsource", "update", "payroll", "--param", "exclude=*.bak, .*", "--param", "follow=yes");
    expect((await test.engine.resolveDataset("payroll")).parameters).toMatchObject({ exclude: ["*.bak", ".*"], follow: true });
  });

  it("come from JSON, from a YAML file, and single ones go on top", async () => {
    const test = await createDvp();
    const directory = await mkdtemp(join(tmpdir(), "dvp-params-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const file = join(directory, "vdb.yml");
    await writeFile(file, "mountPath: /mnt/file\nport: 1\n");
    await test.dvp(...PROVISION, "--params-file", file, "--param", "port=2");
    expect(provisioned(test)).toEqual({ mountPath: "/mnt/file", port: 2 });
    await test.dvp("vdb", "provision", "v3", "--from", "payroll", "--params", '{"mountPath":"/mnt/json"}');
    expect(provisioned(test)).toEqual({ mountPath: "/mnt/json" });
  });

  it("do not take a secret from an argument, but from a file", async () => {
    const test = await createDvp();
    const refused = await test.dvp(...PROVISION, "--param", "password=hush");
    expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining("others could see")]);
    expect(refused.err).not.toContain("hush");
    const directory = await mkdtemp(join(tmpdir(), "dvp-params-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "secret"), "hush\n");
    expect((await test.dvp(...PROVISION, "--param", `password=@${join(directory, "secret")}`)).exitCode).toBe(0);
    expect(provisioned(test)).toEqual({ password: "hush" });
  });
});

describe("completion", () => {
  it.each([
    [
      ["vdb", "st"],
      ["start", "stop"],
    ],
    [["vdb", "start", ""], ["vdb1"]],
    [["hook", "list", "p"], ["payroll"]],
    [
      ["vdb", "provision", "new", "--from", ""],
      ["payroll", "vdb1"],
    ],
    [
      ["environment", "user", ""],
      ["add", "list", "remove"],
    ],
    [["environment", "user", "list", "lo"], ["local"]],
    [["vdb", "refresh", "vdb1", "--sn"], ["--snapshot"]],
    [["vdb", "refresh", "vdb1", "--snapshot", "APPDATA_SNAPSHOT-1"], ["APPDATA_SNAPSHOT-1"]],
    [["user", "add", "x", "--role", "op"], ["operator"]],
    [["completion", "b"], ["bash"]],
  ])("of %j offers %j", async (words, expected) => {
    const { dvp } = await createDvp();
    const { out } = await dvp("__complete", "--", ...words);
    expect(out.trim().split("\n")).toEqual(expected);
  });

  it("offers nothing, and no error, where no engine answers", async () => {
    const { dvpWith } = await createDvp();
    const ran = await dvpWith({ env: { DVP_ENGINE: "http://127.0.0.1:1", DVP_API_KEY: "x" } }, "__complete", "--", "vdb", "start", "");
    expect([ran.exitCode, ran.out, ran.err]).toEqual([0, "", ""]);
  });
});
