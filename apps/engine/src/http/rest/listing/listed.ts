import type { Page, Where } from "@opendvp/core";
import type { TObject } from "typebox";

/** Where the objects of a listing come from. */
export interface ListSource<E> {
  list(page?: Page<E>): Promise<readonly E[]>;
  count(where?: Where<E>): Promise<number>;
}

/** A collection as it can be listed. */
export interface Listed<E, T> {
  /** The schema of its items: what can be sorted and filtered by. */
  readonly schema: TObject;
  readonly source: ListSource<E>;
  readonly where?: Where<E>;
  readonly present: (entities: readonly E[]) => Promise<readonly T[]>;
  /** Members of the items that the source itself can order by, with its names for them. */
  readonly columns: Readonly<Record<string, keyof E & string>>;
  /** As in a query; default `id`. */
  readonly defaultSort?: string;
}
