import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { endMarked, findMarked, runProcess, type ProcessInput } from "../src/index.ts";

const isRoot = process.getuid?.() === 0;
const mark = `test-run-process-${String(process.pid)}`;

const bash = (script: string) => ({ file: "bash", args: ["-c", script], mark });

afterEach(async () => {
  await endMarked(mark);
});

describe("runProcess", () => {
  it("returns both streams and the exit code, also a non-zero one", async () => {
    expect(await runProcess(bash("echo out; echo err >&2; exit 7"))).toEqual({ exitCode: 7, stdout: "out\n", stderr: "err\n" });
  });

  it("counts a signal as shells do", async () => {
    expect((await runProcess(bash("kill -TERM $$"))).exitCode).toBe(143);
  });

  it("gives the child the environment asked for and nothing of the engine's", async () => {
    process.env["OPENDVP_TEST_SECRET"] = "of the engine";
    const { stdout } = await runProcess({ file: "env", args: ["-0"], env: { A: "1\n2" }, mark });
    const names = stdout
      .split("\0")
      .filter(Boolean)
      .map((line) => line.slice(0, line.indexOf("=")));
    expect(names.sort()).toEqual(["A", "LANG", "OPENDVP_CHILD", "OPENDVP_MARK", "PATH"]);
    expect(stdout).toContain("A=1\n2\0");
  });

  it("hands over text and streams as input, and an end of file without either", async () => {
    const text = "x".repeat(300_000);
    expect((await runProcess({ ...bash("cat"), stdin: { text } })).stdout).toBe(text);
    expect((await runProcess({ ...bash("cat"), stdin: Readable.from(["a", "b"]) })).stdout).toBe("ab");
    expect((await runProcess(bash("cat"))).stdout).toBe("");
  });

  it("does not mind a child that leaves its input unread", async () => {
    expect((await runProcess({ ...bash("exit 3"), stdin: { text: "x".repeat(1_000_000) } })).exitCode).toBe(3);
  });

  it("returns at once when a daemon is left behind, which lives on and may go on writing", async () => {
    const started = performance.now();
    const { stdout } = await runProcess(bash("(sleep 0.4; echo late; sleep 60) & echo $!"));
    expect(performance.now() - started).toBeLessThan(400);
    await sleep(700);
    expect(await findMarked(mark)).toContain(Number(stdout));
  });

  it("returns all that the child wrote before it exited, although a daemon holds the pipe", async () => {
    const { stdout } = await runProcess(bash("sleep 60 & head -c 5000000 /dev/zero"));
    expect(stdout).toHaveLength(5_000_000);
  });

  it("ends the child and all that it started when the time limit passes", async () => {
    const script = "setsid sleep 60 & (setsid bash -c 'sleep 60 & sleep 60' &) ; sleep 60";
    await expect(runProcess({ ...bash(script), timeLimitMs: 300 })).rejects.toMatchObject({
      code: "TIME_LIMIT",
      details: { limitMs: 300 },
    });
    expect(await findMarked(mark)).toEqual([]);
  });

  it("ends them when it is canceled, and starts nothing when it was canceled before", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(new Error("enough"));
    }, 100);
    await expect(runProcess({ ...bash("sleep 60 & sleep 60"), signal: controller.signal })).rejects.toMatchObject({ code: "CANCELED" });
    expect(await findMarked(mark)).toEqual([]);
    await expect(runProcess({ ...bash("true"), signal: controller.signal })).rejects.toMatchObject({ code: "CANCELED" });
  });

  it("ends a child that floods its output and names the limit", async () => {
    const flood = runProcess({ ...bash("yes & yes >&2"), outputLimitBytes: 100_000 });
    await expect(flood).rejects.toMatchObject({ code: "PLUGIN_LIMIT", message: expect.stringContaining("100000 bytes of output") });
    expect(await findMarked(mark)).toEqual([]);
  });

  it("ends a child when somebody who counts its output has had enough, with their error", async () => {
    let counted = 0;
    const countOutput = (bytes: number): void => {
      counted += bytes;
      if (counted > 100_000) throw new RangeError("enough for all of us");
    };
    await expect(runProcess({ ...bash("yes"), countOutput })).rejects.toThrow("enough for all of us");
    expect(await findMarked(mark)).toEqual([]);
    const { stdout } = await runProcess({ ...bash("echo few"), countOutput: () => undefined });
    expect(stdout).toBe("few\n");
  });

  it("hands on output as it comes, beyond any limit, and collects none of it", async () => {
    let bytes = 0;
    const onOutput = (chunk: Buffer): void => {
      bytes += chunk.length;
    };
    const result = await runProcess({ ...bash("head -c 3000000 /dev/zero; echo x >&2"), outputLimitBytes: 10, onOutput });
    expect({ bytes, ...result }).toEqual({ bytes: 3_000_002, exitCode: 0, stdout: "", stderr: "" });
  });

  it("gives streams that a program can open again by name, and texts of any length from descriptor 3 on", async () => {
    const long = "x".repeat(1_000_000);
    const script = "cat /dev/stdin > /dev/stderr; wc -c < /dev/fd/3 > /dev/stdout; cat <&4";
    const run = (stdin: ProcessInput) => runProcess({ ...bash(script), stdin, inputTexts: [long, "second"] });
    expect(await run({ text: "ignore" })).toEqual({ exitCode: 0, stdout: "1000000\nsecond", stderr: "ignore" });
    const many = await Promise.all(Array.from({ length: 12 }, (_, index) => run(Readable.from([String(index)]))));
    expect(many.map(({ stderr }) => stderr)).toEqual(Array.from({ length: 12 }, (_, index) => String(index)));
  });

  it("leaves no descriptor open, whether the child starts or not", async () => {
    await runProcess({ ...bash("exit 0"), inputTexts: ["unread ".repeat(50_000)], stdin: { text: "unread ".repeat(50_000) } });
    const count = () => readdirSync("/proc/self/fd").length;
    const before = count();
    for (let round = 0; round < 20; round++) {
      await runProcess({ ...bash("echo x; exit 0"), inputTexts: ["unread ".repeat(50_000)], stdin: { text: "unread ".repeat(50_000) } });
      await expect(runProcess({ file: "/no/such", args: [], inputTexts: ["a"], stdin: { text: "b" } })).rejects.toThrow();
    }
    await sleep(50);
    // Spare pipes may be held.
    expect(count()).toBeLessThanOrEqual(before + 32);
  });

  it("says which program cannot be started, without its arguments", async () => {
    const attempt = runProcess({ file: "/no/such/program", args: ["--password=hunter2"] });
    await expect(attempt).rejects.toMatchObject({ code: "HOST_COMMAND_FAILED", message: expect.not.stringContaining("hunter2") });
    await expect(runProcess({ file: "true", args: [], cwd: "/no/such/directory" })).rejects.toMatchObject({ code: "HOST_COMMAND_FAILED" });
  });

  it.skipIf(!isRoot)("runs as another user with the supplementary groups of that user", async () => {
    const asUser = { uid: 65534, gid: 65534, userName: "nobody" };
    expect((await runProcess({ file: "id", args: ["-u"], asUser })).stdout).toBe("65534\n");
    expect((await runProcess({ file: "id", args: ["-G"], asUser })).stdout).toBe(
      (await runProcess({ file: "id", args: ["-G", "nobody"] })).stdout,
    );
  });

  it.skipIf(!isRoot)("lets another user open its own streams by name", async () => {
    const asUser = { uid: 65534, gid: 65534, userName: "nobody" };
    const script = ". /dev/fd/3; cat /dev/stdin > /dev/stderr; echo x > /dev/stdout";
    const result = await runProcess({ ...bash(script), asUser, stdin: { text: "in" }, inputTexts: ["echo script\n"] });
    expect(result).toEqual({ exitCode: 0, stdout: "script\nx\n", stderr: "in" });
  });

  it.skipIf(!isRoot)("never lets another user's variables reach the linker of a program that still runs as root", async () => {
    const asUser = { uid: 65534, gid: 65534, userName: "nobody" };
    const attempt = runProcess({ file: "true", args: [], asUser, env: { LD_PRELOAD: "/tmp/evil.so" } });
    await expect(attempt).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });
});
