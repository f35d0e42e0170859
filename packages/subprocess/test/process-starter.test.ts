import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { endMarked, findMarked, runProcess, startProgramsApart } from "../src/index.ts";

const mark = `test-process-starter-${String(process.pid)}`;
const program = {
  file: fileURLToPath(new URL("../src/starter/main.ts", import.meta.url)),
  execArgv: ["--import", createRequire(import.meta.url).resolve("tsx/esm"), "--conditions=source"],
};

const bash = (script: string) => ({ file: "bash", args: ["-c", script], mark });

function apart(): () => Promise<void> {
  const end = startProgramsApart(program);
  onTestFinished(async () => {
    await end();
    await endMarked(mark);
  });
  return end;
}

async function parentOf(pid: number): Promise<number> {
  return Number(/^PPid:\s*(\d+)/m.exec(await readFile(`/proc/${String(pid)}/status`, "utf8"))?.[1]);
}

/** The process that starts programs, as one of them sees it. */
async function starter(): Promise<number> {
  return Number((await runProcess(bash("echo $PPID"))).stdout);
}

describe("programs that are started apart", () => {
  it("have the starter as their parent, which is this process's child", async () => {
    apart();
    const pid = await starter();
    expect(pid).not.toBe(process.pid);
    expect(await parentOf(pid)).toBe(process.pid);
    expect(await starter()).toBe(pid);
  });

  it("give their results, and take their input, environment and directory", async () => {
    apart();
    const request = { ...bash("cat; pwd; echo $A >&2; exit 7"), file: "sh", env: { A: "1" }, cwd: "/usr", stdin: { text: "in\n" } };
    expect(await runProcess(request)).toEqual({ exitCode: 7, stdout: "in\n/usr\n", stderr: "1\n" });
    const outputs = await Promise.all(Array.from({ length: 20 }, (_, index) => runProcess(bash(`echo ${String(index)}`))));
    expect(outputs.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it("are ended with all that they started when they are cancelled or take too long", async () => {
    apart();
    await starter();
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => {
      controller.abort(reason);
    }, 100);
    const canceled = runProcess({ ...bash("setsid sleep 60 & sleep 60"), signal: controller.signal });
    await expect(canceled).rejects.toMatchObject({ code: "CANCELED", cause: reason });
    await expect(runProcess({ ...bash("setsid sleep 60 & sleep 60"), timeLimitMs: 100 })).rejects.toMatchObject({ code: "TIME_LIMIT" });
    await expect(runProcess({ ...bash("echo much"), outputLimitBytes: 3 })).rejects.toMatchObject({ code: "PLUGIN_LIMIT" });
    await expect(runProcess({ file: "/no/such/program", args: [], mark })).rejects.toMatchObject({ code: "HOST_COMMAND_FAILED" });
    expect(await findMarked(mark)).toEqual([]);
  });

  it("fail by name when the starter is lost, and the next ones have a new one", async () => {
    apart();
    const pid = await starter();
    const lost = runProcess({ ...bash("sleep 60"), label: "The sleeper" });
    const refused = expect(lost).rejects.toMatchObject({
      code: "HOST_COMMAND_FAILED",
      message: expect.stringContaining("The sleeper") as string,
    });
    process.kill(pid, "SIGKILL");
    await refused;
    expect(await starter()).not.toBe(pid);
  });

  it("never begin after whoever asked for them is gone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "opendvp-starter-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const made = join(directory, "made");
    const asker = fileURLToPath(new URL("dying-asker.ts", import.meta.url));
    const { exitCode, stdout } = await runProcess({ file: process.execPath, args: [...program.execArgv, asker, made], mark });
    expect(exitCode).toBe(128 + 9);
    const left = Number(stdout);
    try {
      process.kill(left, "SIGCONT");
    } catch {
      // The kernel has ended it already.
    }
    await expect.poll(() => existsSync(`/proc/${String(left)}/fd/0`), { timeout: 5_000 }).toBe(false);
    expect(existsSync(made)).toBe(false);
  });

  it("are started here when streams or callbacks go with them, or once the starter has been ended", async () => {
    const end = apart();
    const pid = await starter();
    let counted = 0;
    const { stdout } = await runProcess({ ...bash("echo $PPID"), countOutput: (bytes) => (counted += bytes) });
    expect([Number(stdout), counted]).toEqual([process.pid, stdout.length]);
    await end();
    expect(await starter()).toBe(process.pid);
    await expect(readFile(`/proc/${String(pid)}/status`)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
