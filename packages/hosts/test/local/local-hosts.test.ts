import { userInfo } from "node:os";
import { runProcess } from "@opendvp/subprocess";
import { makeTreePlaces } from "@opendvp/testkit";
import { describeHostConnection } from "@opendvp/testkit/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalHosts } from "../../src/index.ts";
import { localHost } from "./local-host.ts";

const isRoot = process.getuid?.() === 0;
const hosts = createLocalHosts({ allowedUsers: ["nobody", "root"] });

describeHostConnection("the engine's own host", {
  user: isRoot ? "nobody" : userInfo().username,
  refusedUser: isRoot ? "daemon" : "root",
  connect: () => hosts.connect(localHost),
});

describe("local hosts", () => {
  it("reach no other machine", async () => {
    const elsewhere = { ...localHost, address: "db.example", transport: "ssh" as "local" };
    await expect(hosts.connect(elsewhere)).rejects.toMatchObject({ code: "HOST_UNREACHABLE", details: { address: "db.example" } });
  });

  it.skipIf(!isRoot)("refuse root unless it is listed, with the setting to change", async () => {
    const connection = await createLocalHosts({ allowedUsers: ["nobody"] }).connect(localHost);
    const refused = { code: "HOST_USER_REFUSED", action: expect.stringContaining("Add root to environmentUsers") as string };
    await expect(connection.run({ command: "id", user: "root" })).rejects.toMatchObject(refused);
  });
});

describe.skipIf(!isRoot)("a user with supplementary groups", () => {
  const user = "opendvp-test-user";
  const group = "opendvp-test-group";
  const run = (file: string, ...args: string[]) => runProcess({ file, args });
  const remove = async (): Promise<void> => {
    await run("userdel", user);
    await run("groupdel", group);
  };
  // A killed run may have left them.
  beforeAll(async () => {
    await remove();
    await run("groupadd", "--system", group);
    expect(await run("useradd", "--system", "--no-create-home", "--home-dir", "/var/tmp", "--groups", group, user)).toMatchObject({
      exitCode: 0,
    });
  });
  afterAll(remove);

  it("has them in commands and in copies", async () => {
    const connection = await createLocalHosts({ allowedUsers: [user] }).connect(localHost);
    const { stdout } = await connection.run({ command: "id -Gn; pwd; echo $HOME", user });
    expect(stdout).toMatch(new RegExp(`\\b${group}\\b.*\\n/var/tmp\\n/var/tmp\\n$`));
    const places = await makeTreePlaces();
    try {
      await places.change(`echo x > f; chgrp ${group} f; chmod 640 f`);
      await places.copy(connection, { user });
      const { source, target } = await places.fingerprints();
      expect(target).toBe(source);
    } finally {
      await places.dispose();
    }
  });

  it("is remembered for a while only", async () => {
    let nowMs = 0;
    const connection = await createLocalHosts({ allowedUsers: [user], clock: { monotonicMs: () => nowMs } }).connect(localHost);
    const first = await connection.checkUser(user);
    await remove();
    nowMs = 5_000;
    expect(await connection.checkUser(user)).toEqual(first);
    nowMs = 15_000;
    await expect(connection.checkUser(user)).rejects.toMatchObject({ code: "HOST_USER_REFUSED" });
  });
});
