import type { Reference } from "@opendvp/model";
import type { Mount } from "../entities/mount.ts";

/** Where somebody's dataset is, or is about to be. */
export type TakenPlace = Pick<Mount, "container" | "environment" | "mountPath">;

/** Where jobs under way are about to mount: the catalog knows of a mount only once it is there. */
export class PlannedPlaces {
  readonly #places = new Map<Reference, readonly TakenPlace[]>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  /**
   * Looks whether a dataset can have its places, and keeps them for it until `forget`: one dataset after the other, so that of two
   * that want the same place one sees the other. `check` gets those of the others.
   */
  async claim(
    container: TakenPlace["container"],
    wanted: readonly Omit<TakenPlace, "container">[],
    check: (others: readonly TakenPlace[]) => Promise<void>,
  ): Promise<void> {
    const turn = this.#lastTurn.then(async () => {
      await check([...this.#places].flatMap(([other, places]) => (other === container ? [] : places)));
      this.#places.set(
        container,
        wanted.map(({ environment, mountPath }) => ({ container, environment, mountPath })),
      );
    });
    this.#lastTurn = turn.catch(() => undefined);
    await turn;
  }

  /** To be called when a dataset's job has ended: by then the catalog knows what it has mounted. */
  forget(container: Reference): void {
    this.#places.delete(container);
  }
}
