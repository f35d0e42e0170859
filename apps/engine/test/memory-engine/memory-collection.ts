import type { Collected, MemberOf, MembersOf, Page, TextRange, Where } from "@opendvp/core";
import { parseReference, type Reference } from "@opendvp/model";

/** A collection of objects in memory. */
export class MemoryCollection<T extends { readonly reference: Reference }> implements Collected<T> {
  readonly #objects = new Map<string, T>();

  find(reference: T["reference"]): Promise<T | undefined> {
    return Promise.resolve(this.#objects.get(reference));
  }

  list(page: Page<T> = {}): Promise<readonly T[]> {
    const order = page.orderBy ?? "reference";
    const found = [...this.#objects.values()].filter((object) => fits(object, page.where));
    found.sort((a, b) => compare(rank(a[order]), rank(b[order])));
    if (page.descending === true) found.reverse();
    const offset = page.offset ?? 0;
    return Promise.resolve(found.slice(offset, page.limit === undefined ? undefined : offset + page.limit));
  }

  async count(where?: Where<T>): Promise<number> {
    return (await this.list(where === undefined ? {} : { where })).length;
  }

  async countBy<M extends MembersOf<T> & string>(member: M, where?: Where<T>): Promise<ReadonlyMap<MemberOf<T, M>, number>> {
    const counts = new Map<MemberOf<T, M>, number>();
    for (const object of await this.list(where === undefined ? {} : { where })) {
      const value = ((object as Readonly<Record<string, unknown>>)[member] ?? null) as MemberOf<T, M>;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  put(object: T): void {
    this.#objects.set(object.reference, object);
  }

  set(reference: T["reference"], change: Partial<T>): void {
    const object = this.#objects.get(reference);
    if (object !== undefined) this.#objects.set(reference, { ...object, ...change });
  }

  remove(reference: string): void {
    this.#objects.delete(reference);
  }

  get all(): readonly T[] {
    return [...this.#objects.values()];
  }
}

function fits<T extends object>(object: T, where: Where<T> = {}): boolean {
  const actual = object as Readonly<Record<string, unknown>>;
  return Object.entries(where).every(([member, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(actual[member]) : isRange(wanted) ? within(actual[member], wanted) : actual[member] === wanted,
  );
}

function isRange(wanted: unknown): wanted is TextRange {
  return typeof wanted === "object" && wanted !== null;
}

function within(text: unknown, { from, before }: TextRange): boolean {
  return typeof text === "string" && (from === undefined || text >= from) && (before === undefined || text < before);
}

function rank(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  const reference = parseReference(text);
  return reference === undefined ? text : `${reference.kind}-${String(reference.serial).padStart(16, "0")}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
