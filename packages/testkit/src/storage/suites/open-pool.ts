import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StorageDriver, StoredObject } from "@opendvp/core";
import { afterAll, beforeAll } from "vitest";
import { ODD_NAME, type StorageHarness, type StoragePlace } from "../storage-harness.ts";

/** A pool that the tests of one suite share, and what they do with it. */
export interface OpenPool {
  readonly driver: StorageDriver;
  readonly place: StoragePlace;
  /** Opens the same pool again, as an engine does that was started anew. */
  reopen(): Promise<StorageDriver>;
  /** A name that was not used yet. */
  name(): string;
  write(dataset: string, file: string, text: string): Promise<void>;
  read(name: string, kind: StoredObject["kind"], file: string): Promise<string>;
  names(): Promise<readonly string[]>;
  /** Looks at the files of a dataset or snapshot: where the driver shows none of a snapshot, at those of a clone that is thrown away. */
  look<T>(name: string, kind: StoredObject["kind"], at: (directory: string) => Promise<T>): Promise<T>;
}

/** Makes a pool before the tests of a suite and takes it away after them. */
export function usePool(harness: StorageHarness, make = (): Promise<StoragePlace> => harness.makePlace(ODD_NAME)): () => OpenPool {
  let pool: OpenPool | undefined;
  let place: StoragePlace | undefined;
  beforeAll(async () => {
    place = await make();
    pool = openPool(harness, place, await harness.technology.open(place.location));
  });
  afterAll(async () => {
    await place?.dispose();
  });
  return () => {
    if (pool === undefined) throw new Error("The pool was not made.");
    return pool;
  };
}

function openPool(harness: StorageHarness, place: StoragePlace, driver: StorageDriver): OpenPool {
  let used = 0;
  const look: OpenPool["look"] = async (name, kind, at) => {
    if (kind === "DATASET" || harness.showsSnapshots) return at(driver.pathOf(name, kind));
    const clone = `look-${(used += 1)}`;
    await driver.clone({ snapshot: name, name: clone, labels: {} });
    try {
      return await at(driver.pathOf(clone, "DATASET"));
    } finally {
      await driver.deleteDataset(clone);
    }
  };
  return {
    driver,
    place,
    reopen: () => harness.technology.open(place.location),
    name: () => `name-${(used += 1)}.x_Y`,
    write: (dataset, file, text) => writeFile(join(driver.pathOf(dataset, "DATASET"), file), text),
    read: (name, kind, file) => look(name, kind, (directory) => readFile(join(directory, file), "utf8")),
    look,
    names: async () => (await driver.list()).map((object) => object.name).sort(),
  };
}

/** Makes a dataset with one file, and a snapshot of it. */
export async function makeSnapshot(pool: OpenPool, text: string): Promise<{ readonly dataset: string; readonly snapshot: string }> {
  const dataset = pool.name();
  const snapshot = pool.name();
  await pool.driver.createDataset({ name: dataset, labels: {} });
  await pool.write(dataset, "file", text);
  await pool.driver.snapshot({ dataset, name: snapshot, labels: {} });
  return { dataset, snapshot };
}
