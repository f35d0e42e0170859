import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { HostConnection, Mounter, MountRequest } from "@opendvp/core";
import { bashIn } from "../hosts/tree-places.ts";
import { removeTestDirectory } from "../leftovers/remove-test-directory.ts";
import { makeTestDirectory } from "../leftovers/test-directory.ts";
import type { MounterHarness } from "./mounter-harness.ts";

/** Two datasets, a place for mount points, and a mounter. */
export interface MountPlaces {
  readonly host: HostConnection;
  readonly mounter: Mounter;
  readonly directory: string;
  readonly dataset: string;
  readonly otherDataset: string;
  /** A path below the place for mount points, as it is written. */
  at(name: string): string;
  /** Plans and mounts; returns what the mounter was asked for. */
  mount(name: string, more?: Partial<MountRequest>): Promise<MountRequest>;
  unmount(request: MountRequest): Promise<void>;
  /** Runs bash in the test's directory. */
  shell(script: string): Promise<string>;
  dispose(): Promise<void>;
}

export async function makeMountPlaces(harness: MounterHarness): Promise<MountPlaces> {
  const directory = await makeTestDirectory();
  const [dataset, otherDataset, place] = ["pool/data set 'one'", "pool/two", "place"].map((name) => join(directory, name));
  if (dataset === undefined || otherDataset === undefined || place === undefined)
    throw new Error("unreachable: three names give three paths");
  for (const path of [dataset, otherDataset, place]) await mkdir(path, { recursive: true });
  await chmod(directory, 0o755);
  await bashIn(directory, "echo two > pool/two/file; cd pool/data*; echo one > file; mkdir -p sub/deep; echo sub > sub/file");
  const host = await harness.connect();
  const mounter = harness.createMounter([join(directory, "pool")]);
  return {
    host,
    mounter,
    directory,
    dataset,
    otherDataset,
    at: (name) => `${place}/${name}`,
    async mount(name, more) {
      const mountPath = join(place, name);
      const { directoriesToMake } = await mounter.plan(host, mountPath);
      const request = { datasetPath: dataset, sharedPath: "", mountPath, directoriesToMake, ...more };
      await mounter.mount(host, request);
      return request;
    },
    unmount: ({ mountPath, directoriesToMake }) => mounter.unmount(host, { mountPath, createdDirectories: directoriesToMake }),
    shell: (script) => bashIn(directory, script),
    dispose: () => removeTestDirectory(directory),
  };
}
