import { describe, expect, it, vi } from "vitest";
import { ChangedObjects } from "../../src/changes/changed-objects.ts";
import { KeptObjects } from "../../src/objects/kept-objects.ts";

const object = (reference: string, name = "a name") => ({ reference, name });

describe("objects that were read", () => {
  it("are not read again, and cannot be changed by whoever got them", async () => {
    const kept = new KeptObjects();
    const read = vi.fn(() => Promise.resolve(object("JOB-1")));
    const [first, second] = [await kept.find("JOB-1", read), await kept.find("JOB-1", read)];

    expect(read).toHaveBeenCalledTimes(1);
    expect(second).toBe(first);
    expect(() => Object.assign(first ?? {}, { name: "another" })).toThrow(TypeError);
  });

  it("are read again once they have changed, others are not", async () => {
    const kept = new KeptObjects();
    const read = vi.fn((reference: string) => Promise.resolve(object(reference)));
    const find = (reference: string) => kept.find(reference, () => read(reference));
    await Promise.all([find("JOB-1"), find("JOB-2")]);
    const changed = new ChangedObjects();
    changed.add("JOB-1");
    changed.forgetIn(kept);
    await Promise.all([find("JOB-1"), find("JOB-2")]);

    expect(read.mock.calls).toEqual([["JOB-1"], ["JOB-2"], ["JOB-1"]]);
  });

  it("are all read again once one is removed: what refers to it may have changed with it", async () => {
    const kept = new KeptObjects();
    const read = vi.fn(() => Promise.resolve(object("JOB-1")));
    await kept.find("JOB-1", read);
    const changed = new ChangedObjects();
    changed.addRemoved();
    changed.forgetIn(kept);
    await kept.find("JOB-1", read);

    expect(read).toHaveBeenCalledTimes(2);
  });

  it("are not kept when anything changed while they were read", async () => {
    const kept = new KeptObjects();
    await kept.find("JOB-1", () => {
      kept.forget(["JOB-1"]);
      return Promise.resolve(object("JOB-1", "of before"));
    });

    expect(await kept.find("JOB-1", () => Promise.resolve(object("JOB-1", "of after")))).toMatchObject({ name: "of after" });
  });

  it("are looked for again where there was none", async () => {
    const kept = new KeptObjects();
    expect(await kept.find("JOB-1", () => Promise.resolve(undefined))).toBeUndefined();
    expect(await kept.find("JOB-1", () => Promise.resolve(object("JOB-1")))).toBeDefined();
  });

  it("are kept in a bounded number, those that are still asked for", async () => {
    const kept = new KeptObjects();
    const read = vi.fn((reference: string) => Promise.resolve(object(reference)));
    for (let number = 0; number < 5000; number += 1) {
      await kept.find("JOB-asked", () => read("JOB-asked"));
      await kept.find(`JOB-${number}`, () => read(`JOB-${number}`));
    }
    await kept.find("JOB-0", () => read("JOB-0"));

    expect(read.mock.calls.filter(([reference]) => reference === "JOB-asked")).toHaveLength(1);
    expect(read.mock.calls.filter(([reference]) => reference === "JOB-0")).toHaveLength(2);
  });
});
