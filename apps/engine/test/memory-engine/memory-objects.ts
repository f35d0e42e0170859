import type { Action, Ask, CatalogReads, Entities } from "@opendvp/core";
import { EngineError, formatReference, type Kind, looksLikeReference, type Reference, type ToolkitArtifact } from "@opendvp/model";
import { MemoryCollection } from "./memory-collection.ts";

/** All objects, in memory. */
export class MemoryObjects implements CatalogReads {
  readonly environments = new MemoryCollection<Entities["environments"]>();
  readonly hosts = new MemoryCollection<Entities["hosts"]>();
  readonly environmentUsers = new MemoryCollection<Entities["environmentUsers"]>();
  readonly repositories = new MemoryCollection<Entities["repositories"]>();
  readonly sourceConfigs = new MemoryCollection<Entities["sourceConfigs"]>();
  readonly plugins = new MemoryCollection<Entities["plugins"]>();
  readonly pools = new MemoryCollection<Entities["pools"]>();
  readonly datasets = new MemoryCollection<Entities["datasets"]>();
  readonly timeflows = new MemoryCollection<Entities["timeflows"]>();
  readonly snapshots = new MemoryCollection<Entities["snapshots"]>();
  readonly mounts = new MemoryCollection<Entities["mounts"]>();
  readonly faults = new MemoryCollection<Entities["faults"]>();
  readonly actions = new MemoryCollection<Entities["actions"]>();
  readonly users = new MemoryCollection<Entities["users"]>();
  readonly apiKeys = new MemoryCollection<Entities["apiKeys"]>();

  /** What a test says that toolkits are made of. */
  readonly toolkits = new Map<Reference, ToolkitArtifact>();

  readonly #serials = new Map<Kind, number>();

  next<K extends Kind>(kind: K): Reference<K> {
    const serial = (this.#serials.get(kind) ?? 0) + 1;
    this.#serials.set(kind, serial);
    return formatReference(kind, serial);
  }

  /** Writes down what was asked and done. */
  record(done: Pick<Action, "title" | "operation" | "target">, { by }: Ask): Reference<"ACTION"> {
    const reference = this.next("ACTION");
    const at = new Date().toISOString();
    const rest = { state: "COMPLETED", errorCode: null, times: 1, startedAt: at, endedAt: at } as const;
    this.actions.put({ reference, ...done, user: by.name, asker: by.reference ?? null, parent: null, ...rest });
    return reference;
  }

  /** The one object that a name or reference means. */
  one<T extends { readonly reference: Reference; readonly name: string }>(objects: readonly T[], text: string, what: string): T {
    const found = objects.filter(({ reference, name }) => (looksLikeReference(text) ? reference === text : name === text));
    const [first, second] = found;
    if (first === undefined) {
      const near = objects.map(({ name }) => name).filter((name) => name.startsWith(text.slice(0, 2)));
      throw new EngineError("NOT_FOUND", `There is no ${what} ${JSON.stringify(text)}.`, {
        action: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "",
        details: { near },
      });
    }
    if (second === undefined) return first;
    throw new EngineError("AMBIGUOUS", `Several objects are called ${text}.`, {
      details: { references: found.map(({ reference }) => reference) },
    });
  }
}
