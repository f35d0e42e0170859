import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { Bytes, Id, Timestamp } from "../schema/texts.ts";

export const PoolUsage = Type.Object({ size_bytes: Bytes, used_bytes: Bytes, free_bytes: Bytes });

export const PoolCapabilities = Type.Object({
  thin_clones: Type.Boolean({ description: "False: every copy is a full one." }),
  atomic_snapshots: Type.Boolean(),
  record_size: Type.Boolean(),
  compression: Type.Boolean(),
  quota: Type.Boolean(),
  send: Type.Boolean(),
  acls: Type.Boolean(),
  xattrs: Type.Boolean(),
});

/** A place for datasets. */
export const Pool = Type.Object({
  id: Id,
  name: Type.String(),
  driver: Type.String(),
  location: Type.String(),
  creation_time: Timestamp,
  usage: nullable(PoolUsage),
  capabilities: nullable(PoolCapabilities),
  problem: nullable(Type.String({ description: "Why it cannot be looked at; null when it can." })),
});
export type Pool = Static<typeof Pool>;
