import { EngineError } from "@opendvp/model";

/** Where the user ids of plugin processes come from. */
export interface Uids {
  take(): number;
  giveBack(uid: number): void;
}

/** Without root there is but one: that of the engine, which a user namespace shows as 0. */
export const OWN_UID: Uids = { take: () => 0, giveBack: () => undefined };

/** User ids that belong to nobody else: one for each plugin process, never shared by two at a time. */
export class UidRange implements Uids {
  readonly #first: number;
  readonly #count: number;
  readonly #taken = new Set<number>();
  #next: number;

  /** Starts at a random place, so that two engines on one machine hardly ever meet. */
  constructor(first: number, count: number) {
    this.#first = first;
    this.#count = count;
    this.#next = Math.floor(Math.random() * count);
  }

  take(): number {
    for (let tried = 0; tried < this.#count; tried += 1) {
      const uid = this.#first + this.#next;
      this.#next = (this.#next + 1) % this.#count;
      if (this.#taken.has(uid)) continue;
      this.#taken.add(uid);
      return uid;
    }
    throw new EngineError("PLUGIN_LIMIT", `All ${this.#count} user ids for plugin processes are in use.`, {
      action: "Widen the range, `plugins.uidCount` in the engine's configuration.json, or lower the number of plugin processes.",
    });
  }

  giveBack(uid: number): void {
    this.#taken.delete(uid);
  }
}
