import type { Catalog, CatalogReads } from "@opendvp/core";
import type { JobTracer } from "./job-tracer.ts";
import { withSpans } from "./with-spans.ts";

/** Any collection, whatever it holds. */
interface Reads {
  find(reference: never): Promise<unknown>;
  list(page?: never): Promise<unknown>;
  count(where?: never): Promise<number>;
  countBy(member: never, where?: never): Promise<unknown>;
}

/** A catalog whose transactions, and reads outside of them, are spans. What happens within a transaction is not told apart. */
export function traceCatalog(catalog: Catalog, tracer: JobTracer): Catalog {
  const collections = Object.entries<Reads>(catalog.objects);
  const objects = Object.fromEntries(
    collections.map(([name, collection]) => [
      name,
      withSpans(collection, tracer, { kind: "catalog", prefix: `${name}.`, methods: ["find", "list", "count", "countBy"] }),
    ]),
  );
  return {
    objects: objects as unknown as CatalogReads,
    journal: withSpans(catalog.journal, tracer, {
      kind: "catalog",
      prefix: "journal.",
      methods: ["findJob", "listJobs", "countJobs", "openJobs", "steps", "events", "locks"],
    }),
    transact: (work) => tracer.span({ kind: "catalog", name: "transaction" }, () => catalog.transact(work)),
    sharedClock: catalog.sharedClock,
    close: () => catalog.close(),
  };
}
