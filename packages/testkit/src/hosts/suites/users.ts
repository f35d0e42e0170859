import { describe, expect, it } from "vitest";
import { isRoot, type HostHarness } from "../host-harness.ts";

export function testUsers(harness: HostHarness): void {
  describe("users", () => {
    it("knows an allowed user's numbers and home", async () => {
      const connection = await harness.connect();
      const { uid, gid, home } = await connection.checkUser(harness.user);
      const { stdout } = await connection.run({ command: "id -u; id -g; echo $HOME", user: harness.user });
      expect(stdout).toBe(`${String(uid)}\n${String(gid)}\n${home}\n`);
    });

    it("refuses users who are not allowed or do not exist, and says what to do", async () => {
      const connection = await harness.connect();
      for (const user of [harness.refusedUser, "no-such-user", "0", "", "--help", "root\nroot", "a:b"]) {
        const refused = { code: "HOST_USER_REFUSED", action: expect.stringMatching(/./) as string };
        await expect(connection.checkUser(user), user).rejects.toMatchObject(refused);
        await expect(connection.run({ command: "true", user }), user).rejects.toMatchObject(refused);
      }
    });

    it.skipIf(!isRoot)("takes from a command every right that its user has not", async () => {
      const connection = await harness.connect();
      const command = "cat /etc/shadow || grep -c '^Cap[IPEA][a-z]*:.0000000000000000$' /proc/self/status";
      const { stdout } = await connection.run({ command, user: harness.user });
      expect(stdout).toBe("4\n");
    });
  });
}
