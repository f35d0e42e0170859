import type { ArtifactStore } from "@opendvp/core";
import type { JsonObject } from "@opendvp/model";
import { EXAMPLES } from "@opendvp/testkit";
import { expect, test } from "vitest";
import { ToolkitContents } from "../../src/plugins/toolkit-contents.ts";
import { toyToolkit } from "../bench/toy-toolkit.ts";
import { upgradeBench } from "../bench/upgrade-bench.ts";

const [FIRST, SECOND] = ["APPDATA_TOOLKIT-21", "APPDATA_TOOLKIT-22"] as const;

/** Two toolkits whose artifacts are looked at as often as `read` says. */
async function twoToolkits(keptArtifacts: number) {
  const { artifacts, catalog, apply } = await upgradeBench();
  const read: string[] = [];
  const install = async (reference: typeof FIRST | typeof SECOND, name: string): Promise<number> => {
    const bytes = toyToolkit("1.2.0", { name });
    const artifact = await artifacts.put(bytes);
    const release = { ...EXAMPLES.plugin, reference, kind: "TOOLKIT", pluginId: name, name, artifact } as const;
    await apply({ collection: "plugins", insert: release });
    return bytes.length;
  };
  const sizeBytes = await install(FIRST, "acme-files");
  await install(SECOND, "acme-trees");
  const get: ArtifactStore["get"] = (sha256) => (read.push(sha256), artifacts.get(sha256));
  const contents = new ToolkitContents({ objects: catalog.objects, artifacts: { get } }, keptArtifacts * sizeBytes);
  return { contents, read, apply, artifacts };
}

const nameOf = async (content: Promise<JsonObject>) => (await content)["name"];

test("an artifact is read and translated once, whoever asks", async () => {
  const { contents, read } = await twoToolkits(2);
  for (let round = 0; round < 3; round++) {
    expect(await nameOf(contents.of(FIRST))).toBe("acme-files");
    expect(await nameOf(contents.of(SECOND))).toBe("acme-trees");
  }
  expect(read).toHaveLength(2);
});

test("what was not asked for longest makes room, and is read again", async () => {
  const { contents, read } = await twoToolkits(1);
  for (const reference of [FIRST, FIRST, SECOND, SECOND, FIRST]) await contents.of(reference);
  expect(read).toHaveLength(3);
});

test("one that is larger than all that is kept takes no room from the others", async () => {
  const { contents, read, artifacts, apply } = await twoToolkits(1);
  const artifact = await artifacts.put(toyToolkit("1.2.0", { name: "acme-trees", resources: { big: "x".repeat(100_000) } }));
  await apply({ collection: "plugins", update: SECOND, set: { artifact } });
  for (const reference of [FIRST, SECOND, SECOND, FIRST]) await contents.of(reference);
  expect(read).toHaveLength(3);
});

test("another version of a toolkit is another artifact", async () => {
  const { contents, artifacts, apply } = await twoToolkits(2);
  await contents.of(FIRST);
  const artifact = await artifacts.put(toyToolkit("1.2.1", { name: "acme-files" }));
  await apply({ collection: "plugins", update: FIRST, set: { artifact } });
  expect(await contents.of(FIRST)).toMatchObject({ version: "1.2.1" });
});

test("of an artifact that is gone from the disk it is said so, and what to do", async () => {
  const { contents, apply } = await twoToolkits(2);
  await apply({ collection: "plugins", update: FIRST, set: { artifact: "f".repeat(64) } });
  await expect(contents.of(FIRST)).rejects.toMatchObject({ code: "CATALOG_FAILED", action: expect.stringContaining("Upload") });
});
