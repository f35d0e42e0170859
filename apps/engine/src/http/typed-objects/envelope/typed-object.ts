import type { Json } from "@opendvp/model";

/** An object as it goes over the wire: its `type` says what its other members are. */
export interface TypedObject {
  readonly type: string;
  readonly [member: string]: Json;
}
