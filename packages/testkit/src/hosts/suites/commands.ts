import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { runProcess } from "@opendvp/subprocess";
import { describe, expect, it } from "vitest";
import type { HostHarness } from "../host-harness.ts";

export function testCommands(harness: HostHarness): void {
  const { user } = harness;
  const run = async (command: string, more: object = {}) => (await harness.connect()).run({ command, user, ...more });

  describe("run", () => {
    it("returns both streams and the exit code", async () => {
      expect(await run("echo out; echo err >&2; exit 42")).toEqual({ exitCode: 42, stdout: "out\n", stderr: "err\n" });
    });

    it("runs bash, with its mistakes told as bash tells them", async () => {
      expect((await run("a=(1 2 3); [[ ${#a[@]} == 3 ]] && echo ${a[-1]}")).stdout).toBe("3\n");
      expect(await run("if then")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("syntax error") as string });
      expect(await run("no-such-program-here")).toMatchObject({ exitCode: 127 });
    });

    it("runs scripts far above what fits into an argument list", async () => {
      const script = `${Array.from({ length: 40_000 }, (_, index) => `v${String(index)}='it'\\''s'`).join("\n")}\necho $v39999`;
      expect(script.length).toBeGreaterThan(600_000);
      expect((await run(script)).stdout).toBe("it's\n");
    });

    it("gives a clean environment, in the user's home where there is one", async () => {
      process.env["OPENDVP_TEST_LEAK"] = "of the engine";
      const [directory] = (await run("pwd")).stdout.split("\n");
      const { stdout } = await run("env -0", { mark: "JOB-1/2:" });
      const entries = stdout.split("\0").filter(Boolean);
      const env: Record<string, string> = Object.fromEntries(
        entries.map((entry) => [entry.replace(/=[^]*/, ""), entry.replace(/^[^=]*=/, "")]),
      );
      expect(Object.keys(env).sort()).toEqual(
        [
          ...(env["DLPX_BIN_JQ"] === undefined ? [] : ["DLPX_BIN_JQ"]),
          "HOME",
          "LANG",
          "LOGNAME",
          "OPENDVP_CHILD",
          "OPENDVP_MARK",
          "PATH",
          "PWD",
          "SHELL",
          "SHLVL",
          "USER",
          "_",
        ].sort(),
      );
      expect(env).toMatchObject({
        USER: user,
        LOGNAME: user,
        OPENDVP_MARK: "JOB-1/2:",
        PATH: expect.stringContaining("/usr/bin") as string,
      });
      expect([env["HOME"], "/"]).toContain(directory);
    });

    it("has a log-in variant", async () => {
      expect((await run("shopt -q login_shell && echo yes", { interpreter: "login-bash", variables: { A: "b" } })).stdout).toBe("yes\n");
      expect((await run("shopt -q login_shell || echo no")).stdout).toBe("no\n");
    });

    it("passes input on as it comes, and an end of file without any", async () => {
      expect((await run("wc -c", { stdin: "x".repeat(500_000) })).stdout.trim()).toBe("500000");
      expect((await run("cat", { stdin: "ignore" })).stdout).toBe("ignore");
      expect((await run("read -r a; read -r b; echo $b$a", { stdin: Readable.from(["1\n", "2\n"]) })).stdout).toBe("21\n");
      expect((await run("cat")).stdout).toBe("");
    });

    it("gives streams that programs can open by name", async () => {
      const result = await run("cat /dev/stdin > /dev/stderr; echo x > /dev/stdout; echo y | tee /dev/stderr", { stdin: "in\n" });
      expect(result).toEqual({ exitCode: 0, stdout: "x\ny\n", stderr: "in\ny\n" });
    });

    it("leaves the command no descriptor of the engine's", async () => {
      // Whatever started this test may have left some open that every child inherits.
      const inherited = await runProcess({ file: "bash", args: ["-c", "echo /proc/self/fd/*"] });
      expect((await run("echo /proc/self/fd/*")).stdout).toBe(inherited.stdout);
    });

    it("returns at once from a command that leaves a daemon, which lives on", async () => {
      const mark = `test-daemon-${String(process.pid)}:`;
      const connection = await harness.connect();
      try {
        const started = performance.now();
        await run("nohup sleep 60 >/dev/null 2>&1 & disown; (setsid sleep 61 &)", { mark });
        expect(performance.now() - started).toBeLessThan(2000);
        await sleep(300);
      } finally {
        expect(await connection.endMarked(mark)).toBe(2);
      }
    });

    it("runs many at once, each with its own output", async () => {
      const all = await Promise.all(Array.from({ length: 30 }, (_, index) => run(`echo ${String(index)}; head -c 100000 /dev/zero >&2`)));
      expect(all.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 30 }, (_, index) => index));
      expect(new Set(all.map(({ stderr }) => stderr.length))).toEqual(new Set([100_000]));
    });
  });
}
