import type { Mount } from "@opendvp/core";
import { describe, expect, it } from "vitest";
import { MadeDirectories } from "../../src/datasets/made-directories.ts";
import type { Catalog } from "../../src/ports/catalog.ts";

const HERE = "UNIX_HOST_ENVIRONMENT-1";

function madeDirectories(
  rows: readonly Pick<Mount, "environment" | "createdDirectories">[],
  failures = 0,
): {
  made: MadeDirectories;
  reads: () => number;
} {
  let reads = 0;
  const list = (): Promise<readonly unknown[]> => {
    reads++;
    return reads <= failures ? Promise.reject(new Error("The catalog is out of reach.")) : Promise.resolve(rows);
  };
  const catalog = { objects: { mounts: { list } } } as unknown as Catalog;
  return { made: new MadeDirectories(catalog), reads: () => reads };
}

describe("directories made for mount points", () => {
  it("are those above a path that a mount of the same environment has made, the outermost first", async () => {
    const { made } = madeDirectories([
      { environment: HERE, createdDirectories: ["/a/b", "/a/b/c", "/a/b/c/one"] },
      { environment: "UNIX_HOST_ENVIRONMENT-2", createdDirectories: ["/a"] },
    ]);
    expect(await made.above(HERE, "/a/b/c/two")).toEqual(["/a/b", "/a/b/c"]);
    expect(await made.above(HERE, "/a/b/c/one")).toEqual(["/a/b", "/a/b/c"]);
    expect(await made.above(HERE, "/a/bb/c")).toEqual([]);
    expect(await made.above("UNIX_HOST_ENVIRONMENT-3", "/a/b/c")).toEqual([]);
  });

  it("are known before they are recorded, and read again only after something was taken away", async () => {
    const { made, reads } = madeDirectories([]);
    await made.add(HERE, ["/copies", "/copies/one"]);
    expect(await made.above(HERE, "/copies/two")).toEqual(["/copies"]);
    expect(reads()).toBe(1);
    made.forget();
    expect(await made.above(HERE, "/copies/two")).toEqual([]);
    expect(reads()).toBe(2);
  });

  it("are read again after the catalog was out of reach for a moment", async () => {
    const { made } = madeDirectories([{ environment: HERE, createdDirectories: ["/a"] }], 1);
    await expect(made.above(HERE, "/a/b")).rejects.toThrow("out of reach");
    expect(await made.above(HERE, "/a/b")).toEqual(["/a"]);
  });
});
