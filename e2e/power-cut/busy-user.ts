import { ofVdb } from "../kill/own-vdb.ts";
import type { World } from "../kill/world.ts";
import type { Ledger } from "./told.ts";

/** Somebody who makes copies, writes into them, snapshots, rewinds and deletes them until told to stop. */
export async function beBusy(world: World, { who, ledger, signal }: BusyUser): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    const name = `${who}${round}`;
    ledger.tell(name, { is: "CHANGING" });
    await world.done(world.provision(name, world.secondSnapshot));
    ledger.tell(name, { is: "THERE", mine: undefined });
    await world.idle(name);
    ledger.tell(name, { is: "CHANGING" });
    await world.write(name, { mine: name });
    ledger.tell(name, { is: "THERE", mine: name });
    await world.done(world.client.vdbs.snapshot({ ...ofVdb(name), body: { name: `${name} kept` } }));
    await world.idle(name);
    if (round % 3 === 0) continue;
    ledger.tell(name, { is: "CHANGING" });
    await world.done(world.client.vdbs.refreshBySnapshot({ ...ofVdb(name), body: { snapshot_id: world.secondSnapshot } }));
    ledger.tell(name, { is: "THERE", mine: undefined });
    await world.idle(name);
    if (round % 3 === 1) continue;
    ledger.tell(name, { is: "CHANGING" });
    await world.done(world.client.vdbs.delete({ ...ofVdb(name), body: {} }));
    ledger.tell(name, { is: "GONE" });
  }
}

interface BusyUser {
  readonly who: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
}
