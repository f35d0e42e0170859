import type { Reference } from "@opendvp/model";

/** A state that needs care. It stands until the state is mended, or until a user resolves it. */
export interface Fault {
  readonly reference: Reference<"FAULT">;
  readonly target: Reference;
  readonly targetName: string;
  /** One active fault per target and code. */
  readonly code: string;
  readonly message: string;
  readonly action: string;
  readonly state: "ACTIVE" | "RESOLVED";
  readonly createdAt: string;
  readonly resolvedAt: string | null;
}
