import { fileURLToPath } from "node:url";
import { EngineError } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { createDvp } from "./dvp.ts";

/** JSON, as an artifact is. */
const PACKAGE = fileURLToPath(new URL("../package.json", import.meta.url));

describe("dvp, when something is wrong,", () => {
  it.each([
    [["vdb", "show", "vdb2"], 3, /There is no dataset "vdb2"\.\nDid you mean vdb1/],
    [["vdb", "show", "payroll"], 3, /is a dSource, not a VDB/],
    [["vdb", "start"], 2, /^Error: Missing required argument 'vdb'\.\nSee `dvp vdb start --help`\.\n {2}code: INPUT_INVALID\n$/],
    [["vdb", "strat", "vdb1"], 2, /Did you mean start\?/],
    [["vdb", "start", "vdb1", "--nowait"], 2, /Unknown option '--nowait'\.\nDid you mean --no-wait\?/],
    [["vdb", "provision", "a/b", "--from", "payroll"], 2, /contains a slash/],
    [
      ["vdb", "provision", "v2", "--from", "payroll", "--param", "mountPth=/x"],
      2,
      /has no parameter "mountPth"\.\nIt has mountPath, port, password/,
    ],
    [["vdb", "provision", "v2", "--from", "payroll", "--param", "port=many"], 2, /port must be a whole number/],
    [["vdb", "provision", "v2", "--from", "payroll", "--params", "{"], 2, /--params is neither JSON nor YAML/],
    [["vdb", "provision", "v2", "--from", "payroll", "--params-file", "/nowhere"], 2, /\/nowhere cannot be read/],
    [["vdb", "provision", "v2"], 2, /What to copy is not said in one way/],
    [["vdb", "provision", "v2", "--from", "payroll", "--hook", "pre-x=true"], 2, /There is no point "pre-x"[\s\S]*configure-clone/],
    [["vdb", "refresh", "vdb1", "--at", "yesterday"], 2, /"yesterday" is no moment/],
    [["vdb", "delete", "vdb1"], 2, /Nobody can be asked here: Delete the VDB vdb1\?\nSay --yes/],
    [["dsource", "delete", "payroll", "--yes"], 4, /blocked by vdb1 \(APPDATA_CONTAINER-2, made from it\)/],
    [["vdb", "list", "--filter", "nme EQ 1"], 2, /no member "nme"\.\nDid you mean name/],
    [["vdb", "list", "--filter", "name EQ"], 2, /lacks a value after EQ: .*at character 8/],
    [["vdb", "list", "--limit", "none"], 2, /It must be a whole number/],
    [["job", "show", "12"], 3, /There is no job "12"/],
    [["user", "add", "somebody"], 2, /Nobody can be asked here: Password of somebody\.?\nGive the password with --password-stdin, /],
    [["upload", "-u", "admin", "-a", PACKAGE], 2, /Nobody can be asked here: Password of admin.*\nGive the password with DVP_PASSWORD\.\n/],
    [["upload", "-a", "/nowhere.json"], 2, /The artifact \/nowhere\.json cannot be read: it, or its directory, does not exist\./],
    [["upload", "-a", "/etc"], 2, /The artifact \/etc cannot be read: it is a directory\./],
    [["upload", "-a", "/dev/null"], 2, /The artifact \/dev\/null is empty\./],
    [["build", "-c", "/nowhere.yml"], 3, /nowhere\.yml/],
    [["build", "-c", "/etc"], 3, /\/etc is a directory, no plugin config\.\nName the file in it/],
    [
      ["download-logs", "--plugin", "directory", "-d", "/proc/self/nowhere/deep"],
      2,
      /The file \/proc\/self\/nowhere cannot be used: it, or/,
    ],
    [["engine", "start", "--data-dir", "/proc/self/nowhere"], 2, /\/proc\/self\/nowhere cannot be used/],
    [["engine", "stop", "--force", "--data-dir", "/nowhere"], 2, /--force goes with --unmount\.\nSay --unmount as well/],
    [["engine", "stop", "--unmount-timeout", "5", "--data-dir", "/nowhere"], 2, /--unmount-timeout goes with --unmount/],
    [["test", "--values", "/nowhere.json"], 2, /The file \/nowhere\.json cannot be read/],
    [["vdb", "show", "x".repeat(100_000)], 2, /^Error: .{1,300}\n/],
    [["vdb", "x".repeat(100_000)], 2, /^Error: Unknown command 'x{1,100}… \(1\d{5} characters\)/],
  ])("%j ends with the documented exit code and words that help", async (args, exitCode, words) => {
    const { dvp, engine } = await createDvp();
    const before = engine.asked.length;
    const ran = await dvp(...args);
    expect([ran.exitCode, ran.err]).toEqual([exitCode, ran.err]);
    expect(ran.err).toMatch(words);
    expect(ran.out).toBe("");
    // A name that cannot be is the engine's to refuse; all else is refused before it changes anything.
    if (!args.includes("a/b")) expect(engine.asked.length).toBe(before);
  });

  it("tells why a job failed, what to do, and which job it was", async () => {
    const { dvp, engine } = await createDvp();
    engine.jobs.failure = new EngineError("PLUGIN_USER_ERROR", "The port is taken.", {
      action: "Choose another.",
      details: { output: "bind: in use" },
    });
    const ran = await dvp("vdb", "start", "vdb1");
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toMatch(
      /Error: The port is taken\.\nChoose another\.\n {2}code: PLUGIN_USER_ERROR\n {2}output: bind: in use\n {2}job: JOB-1/,
    );
  });

  it("prints the failure as one line of JSON where JSON was asked for", async () => {
    const { dvp } = await createDvp();
    const [unknown, misused] = [await dvp("vdb", "show", "nothing", "--json"), await dvp("vdb", "show", "--json")];
    expect([unknown.out, misused.out]).toEqual(["", ""]);
    expect(JSON.parse(unknown.err)).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(JSON.parse(misused.err)).toMatchObject({ error: { code: "INPUT_INVALID", action: "See `dvp vdb show --help`." } });
  });

  it("is refused by a job that holds the object, and waits for it with --wait", async () => {
    const { dvp, engine } = await createDvp();
    let release: () => void = () => undefined;
    engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
    await dvp("vdb", "stop", "vdb1", "--no-wait");
    const refused = await dvp("vdb", "start", "vdb1");
    expect([refused.exitCode, refused.err]).toEqual([4, expect.stringContaining("held by JOB-1")]);
    const waiting = dvp("vdb", "start", "vdb1", "--wait");
    setTimeout(release, 100);
    expect(await waiting).toMatchObject({
      exitCode: 0,
      err: expect.stringMatching(/^\S+ {2}Waits for JOB-1 \(stop vdb1\)\.\n/),
    });
  });

  it("queues a job and prints it at once with --wait and --no-wait together", async () => {
    const { dvp, engine } = await createDvp();
    let release: () => void = () => undefined;
    engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
    await dvp("vdb", "stop", "vdb1", "--no-wait");
    const queued = await dvp("vdb", "start", "vdb1", "--wait", "--no-wait");
    expect(queued).toMatchObject({ exitCode: 0, out: expect.stringContaining("JOB-2") });
    release();
    expect((await dvp("job", "watch", "JOB-2")).exitCode).toBe(0);
  });

  it("says that a canceled job was canceled, with an exit code of its own", async () => {
    const { dvp, engine } = await createDvp();
    let release: () => void = () => undefined;
    engine.jobs.gate = new Promise<void>((resolve) => (release = resolve));
    await dvp("vdb", "stop", "vdb1", "--no-wait");
    const watching = dvp("job", "watch", "JOB-1");
    expect((await dvp("job", "cancel", "JOB-1")).out).toMatch(/JOB-1 is asked to stop/);
    release();
    expect((await watching).exitCode).toBe(6);
    expect(await dvp("job", "cancel", "JOB-1")).toMatchObject({
      exitCode: 4,
      err: expect.stringContaining("JOB-1 has ended."),
    });
  });

  it("shows progress as plain lines where nobody looks at a screen, and as one changing line where somebody does", async () => {
    const { dvp, dvpWith, address, keys } = await createDvp();
    const plain = await dvp("vdb", "stop", "vdb1");
    expect(plain.err).toMatch(/^\d\d:\d\d:\d\d {2}stop vdb1 begins\n\d\d:\d\d:\d\d {2}stop vdb1 ends\n$/);
    const live = await dvpWith({ env: { DVP_ENGINE: address, DVP_API_KEY: keys.admin }, isLive: true }, "vdb", "start", "vdb1");
    expect(live.err).toContain("\r\u001B[2K⠋ start vdb1");
    expect((await dvp("vdb", "stop", "vdb1", "-q")).err).toBe("");
  });
});
