import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

/** A state that needs care. */
export const Fault = Type.Object({
  id: Id,
  target_id: Id,
  target_name: Type.String(),
  code: Type.String(),
  message: Type.String(),
  action: Type.String(),
  status: oneOf(["ACTIVE", "RESOLVED"]),
  creation_time: Timestamp,
  resolution_time: nullable(Timestamp),
});
export type Fault = Static<typeof Fault>;
