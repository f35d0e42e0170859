import { EngineError } from "@opendvp/model";
import type { Snapshot } from "../entities/snapshot.ts";

/** The storage name that copies of a snapshot are made from. The raw snapshot of one that is to be prepared is never it. */
export function copySourceOf(snapshot: Snapshot): string {
  if (snapshot.preparation === "PENDING" || snapshot.preparation === "FAILED") {
    throw new EngineError("STATE_UNSUITABLE", `${snapshot.name} is not prepared for copies.`, {
      action: "Ask again: it is prepared first.",
    });
  }
  return snapshot.preparedStorageName ?? snapshot.storageName;
}
