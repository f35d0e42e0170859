import type { KeptObjects } from "../objects/kept-objects.ts";

/** The objects that a transaction changes. */
export class ChangedObjects {
  readonly #references = new Set<string>();
  #isAnyRemoved = false;

  add(reference: string): void {
    this.#references.add(reference);
  }

  /** What refers to it may be changed with it. */
  addRemoved(): void {
    this.#isAnyRemoved = true;
  }

  /** To be called before and after the commit: in between, reads give now the one and now the other. */
  forgetIn(kept: KeptObjects): void {
    if (this.#isAnyRemoved) kept.forgetAll();
    else kept.forget(this.#references);
  }
}
