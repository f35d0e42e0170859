import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fingerprintOf, makeOddTree } from "@opendvp/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  installPlugin,
  isRoot,
  startEngineUnderTest,
  type EngineUnderTest,
  type InstalledPlugin,
} from "../../../e2e/engine-under-test/index.ts";
import { SourceTree } from "./source-tree.ts";

describe.skipIf(!isRoot)("a copy, read by root (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:2G", environmentUser: "root" });
    plugin = await installPlugin(engine, "directory");
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it("has everything that a file system knows of a tree", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "odd", directory: "an 'odd' \"source\" [1]* $(id) -n" });
    await makeOddTree(tree.path);
    await tree.bring();
    expect(await fingerprintOf(tree.copyPath)).toBe(await fingerprintOf(tree.path));
    const { blocks, size } = await stat(join(tree.copyPath, "sparse"));
    expect(blocks * 512).toBeLessThan(size / 100);
  });

  it("follows hard links that the source splits, joins and lets change partners", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "links", directory: "links" });
    await tree.shows("echo one > a; ln a b; echo two > c; ln c d; echo three > e; mkdir f; head -c 1M /dev/urandom > f/g; ln f/g h");
    await tree.shows("cp -p a t; mv t a; echo new > d");
    await tree.shows("rm b; echo ONE > b; touch -r a b; ln -f c e; ln -f f/g a");
    await tree.shows("rm h; cp f/g h; printf x | dd of=h bs=1 seek=500000 conv=notrunc status=none; touch -r f/g h; ln -f e d");
  });

  it("follows a tree that becomes something else under the same names", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "kinds", directory: "kinds" });
    await tree.shows("mkdir a; echo 1 > a/b; echo 2 > c; ln -s c d; mkfifo e; truncate -s 8M f");
    await tree.shows("rm -r a; echo file > a; rm c; mkdir -p c/deep; rm d; mkdir d; rm e; ln -s nowhere e; head -c 8M /dev/urandom > f");
    await tree.shows("rm a; ln -s c a; setfacl -m u:4711:rwx c; setfattr -n user.x -v y f; chown 4711:815 f; chmod 3777 d; : > f");
    await tree.shows("setfacl -b c; setfattr -x user.x f; touch -d '1999-01-01 00:00:00.000000001' f d c; rm -r d");
  });

  it("sees a change that keeps size and time", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "sly", directory: "sly" });
    await tree.shows("head -c 200000 /dev/zero > f; touch -d 2020-02-02 f");
    await tree.shows("printf x | dd of=f bs=1 seek=100000 conv=notrunc status=none; touch -d 2020-02-02 f");
  });
});

describe.skipIf(!isRoot)("a copy, read by a user with fewer rights (needs root)", () => {
  let engine: EngineUnderTest;
  let plugin: InstalledPlugin;
  beforeAll(async () => {
    engine = await startEngineUnderTest({ storage: "embedded:2G" });
    plugin = await installPlugin(engine, "directory");
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  it("keeps owners that the user is not", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "owners", directory: "owners" });
    await tree.shows("echo 1 > mine; chown 12345:54321 mine; mkdir yours; chown 7:8 yours; ln -s mine link; chown -h 9:9 link");
  });

  it("fails by name on what the user may not read, and succeeds once it may", async () => {
    const tree = await SourceTree.make(engine, plugin, { name: "closed", directory: "closed" });
    await tree.shows("mkdir folder; echo open > folder/open");
    await tree.change("printf 'a secret' > 'folder/not for \"you\"'; chmod 600 folder/not*; mkdir -m 700 shut");
    const error = await tree.sync().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "SOURCE_UNREADABLE" });
    expect(JSON.stringify(error)).toContain("shut");
    expect((error as { details: { files: string[] } }).details.files).toContain(join(tree.path, 'folder/not for "you"'));
    await tree.shows("chmod 644 folder/not*; chmod 755 shut");
  });

  it.each([
    {
      what: "is not there",
      script: "rm -rf top",
      message: /There is no directory .*top on this machine, or opendvp cannot get to it/,
      action: /Correct the path/,
    },
    {
      what: "is a file",
      script: "echo > top",
      message: /top on this machine is not a directory/,
      action: /name the top of a directory tree/,
    },
    { what: "cannot be read", script: "mkdir -m 711 top", message: /opendvp may not read .*top/, action: /Let opendvp read and enter it/ },
  ])("says what to mend when the top of the tree $what", async ({ what, script, message, action }) => {
    const parent = await SourceTree.make(engine, plugin, { name: `top ${what}`, directory: `parent ${what}` });
    await parent.change(script);
    const source = await plugin.addSource(join(parent.path, "top"));
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: parent.name, source_id: source } }));
    const faults = (await engine.client.faults.list({})).items.filter(({ target_name }) => target_name === parent.name);
    expect(faults).toEqual([expect.objectContaining({ message: expect.stringMatching(message), action: expect.stringMatching(action) })]);
    await parent.change("rm -rf top; mkdir top; echo 1 > top/file");
    await parent.sync();
    const [fault] = (await engine.client.faults.list({})).items.filter(({ target_name }) => target_name === parent.name);
    expect(fault).toMatchObject({ status: "RESOLVED" });
  });

  it("leaves out what is excluded and follows the links it is told to", async () => {
    const parameters = { excludePaths: ["*.tmp", "cache/", "/only-here"], symLinksToFollow: ["outside"] };
    const tree = await SourceTree.make(engine, plugin, { name: "choice", directory: "choice", parameters });
    await tree.change(
      "mkdir cache keep ../outside; echo 1 > a.tmp; echo 2 > keep/b; echo 3 > only-here; cp only-here keep; echo 4 > cache/c",
    );
    await tree.change("echo 5 > ../outside/f; ln -s ../outside outside; ln -s ../outside other");
    await tree.bring();
    expect((await readdir(tree.copyPath, { recursive: true })).sort()).toEqual(
      ["keep", "keep/b", "keep/only-here", "other", "outside", "outside/f"].sort(),
    );
    expect(await readFile(join(tree.copyPath, "outside/f"), "utf8")).toBe("5\n");
    expect((await stat(tree.copyPath)).isDirectory()).toBe(true);
  });
});
