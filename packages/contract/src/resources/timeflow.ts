import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

export const Timeflow = Type.Object({
  id: Id,
  name: Type.String(),
  engine_id: Type.String(),
  dataset_id: Id,
  dataset_name: Type.String(),
  creation_type: oneOf(["INITIAL", "REFRESH", "ROLLBACK"]),
  origin: oneOf(["LINK", "PROVISION", "EMPTY", "REFRESH", "ROLLBACK"]),
  parent_snapshot_id: nullable(Id),
  is_active: Type.Boolean({ description: "The dataset's current one." }),
  has_head: Type.Boolean({ description: "Its newest data is still there, beside its snapshots." }),
  creation_timestamp: Timestamp,
});
export type Timeflow = Static<typeof Timeflow>;
