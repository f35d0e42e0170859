import { describe, expect, it } from "vitest";
import { ensureEnvironmentUser, isRoot } from "../engine-under-test/environment-user.ts";
import { tryDocument } from "./try-document.ts";

// An embedded pool is a btrfs file system, which only root can mount; the copies' user is made by set-up.
describe.skipIf(!isRoot)("a newcomer who does what it says", { timeout: 300_000 }, () => {
  it("gets what getting-started.md shows", async () => {
    await ensureEnvironmentUser();
    const { commands, outputs } = await tryDocument("getting-started.md");
    console.log(`getting-started.md: ${commands} commands run, ${outputs} outputs compared`);
    expect(commands).toBeGreaterThan(50);
    expect(outputs).toBeGreaterThan(12);
  });

  it("has written the plugin of your-first-plugin.md, and rewound a copy", async () => {
    await ensureEnvironmentUser();
    const { commands, outputs, files } = await tryDocument("your-first-plugin.md");
    console.log(`your-first-plugin.md: ${commands} commands run, ${outputs} outputs compared, ${files} files written`);
    expect(commands).toBeGreaterThan(40);
    expect(outputs).toBeGreaterThan(10);
    expect(files).toBeGreaterThan(8);
  });
});
