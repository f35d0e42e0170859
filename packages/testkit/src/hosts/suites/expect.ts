import { describe, expect, it } from "vitest";
import type { HostHarness } from "../host-harness.ts";

export function testExpect(harness: HostHarness): void {
  const { user } = harness;
  const run = async (command: string, variables: Record<string, string> = {}) =>
    (await harness.connect()).run({ command, user, variables, interpreter: "expect", timeLimitMs: 20_000 });

  describe("expect", () => {
    it("answers a program that asks, with secrets from variables", async () => {
      const script = `log_user 0
        spawn -noecho bash -c {read -s -p "Password: " p; echo; echo "got $p"}
        expect "Password: "
        send "$env(SECRET)\\r"
        expect -re {got ([^\\r\\n]*)}
        puts $expect_out(1,string)
        exit 5`;
      expect(await run(script, { SECRET: "s3cret 'x'" })).toEqual({ exitCode: 5, stdout: "s3cret 'x'\n", stderr: "" });
    });

    it("runs long scripts", async () => {
      const result = await run(`${"# filler filler filler\n".repeat(20_000)}puts done`);
      expect(result).toMatchObject({ exitCode: 0, stdout: "done\n" });
    });

    it("tells a mistake in the script without the variables", async () => {
      const { exitCode, stdout, stderr } = await run("no_such_command", { SECRET: "s3cret" });
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain("no_such_command");
      expect(stdout + stderr).not.toContain("s3cret");
    });
  });
}
