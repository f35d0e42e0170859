import { expect, it } from "vitest";
import { limitsOf } from "../../src/storage/pool-limits.ts";

const ALL = {
  thinClones: true,
  atomicSnapshots: true,
  recordSize: true,
  compression: true,
  quota: true,
  send: true,
  acls: true,
  xattrs: true,
};

it("says nothing of a pool that can do what is expected", () => {
  expect(limitsOf({ ...ALL, recordSize: false, compression: false, quota: false })).toEqual([]);
});

it("says of any other what its users have to know", () => {
  expect(limitsOf({ ...ALL, thinClones: false })).toEqual([expect.stringContaining("full one")]);
  expect(limitsOf({ ...ALL, atomicSnapshots: false })).toEqual([expect.stringContaining("--allow-stop")]);
  expect(limitsOf({ ...ALL, acls: false, xattrs: false })).toEqual([
    "It keeps no ACLs and no extended attributes: syncs into it are refused.",
  ]);
});
