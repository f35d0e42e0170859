import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { endMarked, findMarked, runProcess, startProcess } from "../src/index.ts";

const mark = `test-start-process-${String(process.pid)}`;

afterEach(async () => {
  await endMarked(mark);
});

describe("startProcess", () => {
  it("gives streams for input and output", async () => {
    const child = startProcess({ file: "cat", args: [], mark });
    child.stdin?.end("hello");
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    expect(chunk.toString()).toBe("hello");
    expect(await child.exited).toEqual({ exitCode: 0, signal: null });
  });

  it("gives two-way pipes from descriptor 3 on", async () => {
    const child = startProcess({ file: "bash", args: ["-c", "read -u 3 line; echo got $line >&4"], extraPipes: 2, mark });
    child.pipes[0]?.write("ping\n");
    const [chunk] = (await once(child.pipes[1] ?? child.stdout, "data")) as [Buffer];
    expect(chunk.toString()).toBe("got ping\n");
    await child.exited;
  });

  it("ends descendants that went to sessions of their own, once and again", async () => {
    const child = startProcess({ file: "bash", args: ["-c", "(setsid sleep 60 &) ; echo up; exec sleep 60"], mark });
    await once(child.stdout, "data");
    await sleep(50);
    expect(await findMarked(mark)).toHaveLength(2);
    await Promise.all([child.end(), child.end()]);
    expect(await findMarked(mark)).toEqual([]);
    expect(await child.exited).toEqual({ exitCode: null, signal: "SIGKILL" });
    await child.end();
  });

  it("ends what a child left behind that has exited by itself", async () => {
    const child = startProcess({ file: "bash", args: ["-c", "setsid sleep 60 & sleep 60 & exit 0"], mark, stdin: "ignore" });
    await child.exited;
    await child.end();
    expect(await findMarked(mark)).toEqual([]);
  });

  it("ends the child when the signal aborts", async () => {
    const controller = new AbortController();
    const child = startProcess({ file: "sleep", args: ["60"], mark, signal: controller.signal });
    controller.abort();
    expect((await child.exited).signal).toBe("SIGKILL");
  });

  it("lets the kernel end a child that must not outlive the engine", async () => {
    const source = new URL("../src/index.ts", import.meta.url).pathname;
    const program = `import { startProcess } from ${JSON.stringify(source)};
      startProcess({ file: "sleep", args: ["60"], mark: ${JSON.stringify(mark)}, diesWithEngine: true });
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 300);`;
    const args = ["--conditions=source", "--import", "tsx", "--input-type=module", "-e", program];
    const { exitCode } = await runProcess({ file: process.execPath, args, cwd: new URL("..", import.meta.url).pathname });
    expect(exitCode).toBe(137);
    await sleep(50);
    expect(await findMarked(mark)).toEqual([]);
  });
});
