import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HostHarness } from "../host-harness.ts";

const SECRET = "hunter2-correct-horse";

/** Command text and variables: where they must arrive whole, and where they must never be seen. */
export function testCommandSecrets(harness: HostHarness): void {
  const { user } = harness;

  describe("variables of a command", () => {
    it("arrive as they are, whatever is in them", async () => {
      const connection = await harness.connect();
      const value = fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("'", "\\'", "$(id)", "`id`", "a\nb\n", "-n", "\\", "!!", '"', "\u{1F600}\r\n", "="),
      );
      await fc.assert(
        fc.asyncProperty(
          value.filter((text) => !text.includes("\0")),
          async (text) => {
            const { stdout } = await connection.run({ command: 'printf %s "$V"; printenv -0 V', user, variables: { V: text } });
            expect(stdout).toBe(`${text}${text}\0`);
          },
        ),
        { numRuns: 60 },
      );
    });

    it("are in no argument list while the command runs, nor is the command", async () => {
      const connection = await harness.connect();
      const running = connection.run({ command: `sleep 0.5; : ${SECRET}-command`, user, variables: { PASSWORD: SECRET } });
      await sleep(250);
      const lists = readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => readOrEmpty(`/proc/${pid}/cmdline`));
      await running;
      expect(lists.some((list) => list.includes("/dev/fd/3"))).toBe(true);
      expect(lists.filter((list) => list.includes(SECRET))).toEqual([]);
    });

    it("show in no message about a mistake in the command", async () => {
      const connection = await harness.connect();
      for (const command of ["if then", "x='", "$(", "exit 3; ("]) {
        const { stdout, stderr } = await connection.run({ command, user, variables: { PASSWORD: SECRET } });
        expect(stdout + stderr).not.toContain(SECRET);
      }
      const limited = connection.run({ command: "sleep 9", user, variables: { PASSWORD: SECRET }, timeLimitMs: 50 });
      const error: unknown = await limited.catch((thrown: unknown) => thrown);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET);
    });

    it("may be long", async () => {
      const connection = await harness.connect();
      const { stdout } = await connection.run({ command: "echo ${#V}", user, variables: { V: "x".repeat(120_000) } });
      expect(stdout).toBe("120000\n");
    });

    it("are refused with names that bash cannot take or that find processes again", async () => {
      const connection = await harness.connect();
      for (const name of ["1A", "A B", "A=B", "", "a;id", "UID", "OPENDVP_MARK", "ä"]) {
        const attempt = connection.run({ command: "true", user, variables: { [name]: SECRET } });
        await expect(attempt, name).rejects.toMatchObject({
          code: "INPUT_INVALID",
          message: expect.not.stringContaining(SECRET) as string,
        });
      }
    });

    it("never reach a program that still has more rights than the user", async () => {
      const connection = await harness.connect();
      const { exitCode, stderr } = await connection.run({
        command: ":",
        user,
        variables: { LD_PRELOAD: "/no/such/library.so", BASH_ENV: "/etc/shadow" },
      });
      // The linker of every program started with it would complain.
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    });
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
