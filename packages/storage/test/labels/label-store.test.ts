import { appendFile, mkdir, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Label } from "../../src/labels/label.ts";
import { LabelStore } from "../../src/labels/label-store.ts";
import { PoolLayout } from "../../src/pool/pool-layout.ts";
import { writeNewDurably } from "../../src/pool/write-durably.ts";

const NAME = "dataset-1";
const label = (version: number): Label => ({ kind: "DATASET", parent: null, labels: { version, text: 'a "quoted"\nline' } });

describe("labels as files", () => {
  let location: string;
  let layout: PoolLayout;
  let labels: LabelStore;

  beforeEach(async () => {
    location = await mkdtemp(join(tmpdir(), "opendvp-labels-"));
    layout = new PoolLayout(location);
    await mkdir(layout.labels);
    labels = new LabelStore(layout, writeNewDurably);
    await labels.add(NAME, label(1));
  });
  afterEach(() => rm(location, { recursive: true }));

  const file = () => layout.labelFileOf(NAME);

  it("the last one that was written counts", async () => {
    for (const version of [2, 3]) await labels.replace(NAME, label(version));
    expect(await labels.read(NAME)).toEqual(label(3));
    expect((await labels.readAll()).labels).toEqual(new Map([[NAME, label(3)]]));
  });

  it("cut off at whatever byte, a new one leaves the old one, and room for the next", async () => {
    const old = (await readFile(file())).length;
    await labels.replace(NAME, label(2));
    const whole = await readFile(file());
    for (let length = whole.length - 2; length >= old; length -= 1) {
      await truncate(file(), length);
      expect(await labels.read(NAME), `${length} bytes`).toEqual(label(1));
    }
    for (let length = old; length < whole.length - 2; length += 17) {
      await truncate(file(), old);
      await appendFile(file(), whole.subarray(old, length));
      await labels.replace(NAME, label(3));
      expect(await labels.read(NAME), `${length} bytes`).toEqual(label(3));
    }
  });

  it("one of a format of the future is not passed over for an older one", async () => {
    await appendFile(file(), `\n${JSON.stringify({ format: 2, name: NAME })}\n`);
    expect(await labels.read(NAME)).toBe("UNREADABLE");
  });

  it("is not made by a replacement", async () => {
    await labels.remove(NAME);
    await expect(labels.replace(NAME, label(2))).rejects.toMatchObject({ code: "ENOENT" });
    expect(await labels.read(NAME)).toBeUndefined();
    await labels.remove(NAME);
  });
});
