import type { Dvp } from "./dvp.ts";
import { field, listAt } from "./field.ts";

/** The oldest snapshot of a dataset: of a copy, what it was when it was made. */
export async function firstSnapshot(dvp: Dvp, dataset: string): Promise<string> {
  const snapshots = listAt(await dvp("snapshot", "list", "--dataset", dataset), "items");
  const byTime = snapshots
    .map((each) => ({ id: field(each, "id"), time: field(each, "creation_time") }))
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  const [first] = byTime;
  if (first === undefined) throw new Error(`${dataset} has no snapshot.`);
  return first.id;
}
