/** What a user was told of a VDB; `CHANGING` while a job is under way that will change that. */
export type Told = { readonly is: "THERE"; readonly mine: string | undefined } | { readonly is: "GONE" } | { readonly is: "CHANGING" };

/** What users were told, to be held against what an engine knows after a power cut. */
export class Ledger {
  readonly #told = new Map<string, Told>();

  tell(name: string, told: Told): void {
    this.#told.set(name, told);
  }

  /** What was told before something, if nothing has changed until its end: what must still hold then. */
  async whatHoldsDuring(something: () => Promise<void>): Promise<ReadonlyMap<string, Exclude<Told, { is: "CHANGING" }>>> {
    const before = new Map(this.#told);
    await something();
    const held = [...before].filter(([name, told]) => told === this.#told.get(name));
    return new Map(held.flatMap(([name, told]) => (told.is === "CHANGING" ? [] : [[name, told] as const])));
  }
}
