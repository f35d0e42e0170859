import { EngineError, isReference, looksLikeReference, nearest } from "@opendvp/model";
import type { Dataset } from "../entities/dataset.ts";
import type { Entities } from "../entities/entities.ts";
import type { CatalogReads, Where } from "../ports/catalog.ts";
import type { Engine, NamedCollection } from "../use-cases/engine.ts";
import { NAMED_COLLECTIONS } from "./named-collections.ts";

// Enough to find the near ones, whatever the size of the collection.
const MOST_COMPARED = 2_000;

/** Finds the objects that names and references mean. */
export function createResolve(
  objects: CatalogReads,
): Pick<Engine, "resolve" | "resolveDataset" | "resolveLinkedSource" | "resolveVirtualSource"> {
  const resolveDataset = (nameOrReference: string): Promise<Dataset> => resolveIn(objects, { collection: "datasets" }, nameOrReference);
  return {
    resolve: (collection, nameOrReference, among) => resolveIn(objects, { collection, among }, nameOrReference),
    resolveDataset,
    resolveLinkedSource: async (nameOrReference) => {
      const dataset = await resolveDataset(nameOrReference);
      if (dataset.kind === "DSOURCE") return dataset;
      throw new EngineError("NOT_FOUND", `${dataset.name} is a VDB, not a dSource.`, {
        action: "Name a dSource, or use the commands for VDBs.",
      });
    },
    resolveVirtualSource: async (nameOrReference) => {
      const dataset = await resolveDataset(nameOrReference);
      if (dataset.kind === "VDB") return dataset;
      throw new EngineError("NOT_FOUND", `${dataset.name} is a dSource, not a VDB.`, {
        action: "Name a VDB, or use the commands for dSources.",
      });
    },
  };
}

/** Where a name is looked for. */
interface Place<C extends NamedCollection> {
  readonly collection: C;
  readonly among?: Where<Entities[C]> | undefined;
}

async function resolveIn<C extends NamedCollection>(objects: CatalogReads, place: Place<C>, text: string): Promise<Entities[C]> {
  const { collection } = place;
  const { word, kind } = NAMED_COLLECTIONS[collection];
  const reads = objects[collection];
  if (looksLikeReference(text)) {
    const object = isReference(text, kind) ? await reads.find(text as Entities[C]["reference"]) : undefined;
    if (object === undefined)
      throw new EngineError("NOT_FOUND", `There is no ${word} ${text}.`, {
        action: `List what there is: a ${word} is named, or has a reference like ${kind}-1.`,
        details: { reference: text },
      });
    return object;
  }
  const matches = await named(objects, place, text);
  const [match] = matches;
  if (match === undefined) throw await notFound(objects, place, text);
  if (matches.length === 1) return match;
  // A plugin's inactive versions have its name as well.
  const [active, another] = matches.filter((object) => "status" in object && object.status === "ACTIVE");
  if (collection === "plugins" && active !== undefined && another === undefined) return active;
  const references = matches.map(({ reference }) => reference);
  throw new EngineError(
    "AMBIGUOUS",
    `${matches.length} objects of the kind ${word} are named ${JSON.stringify(text)}: ${references.join(", ")}.`,
    {
      action: "Give the reference instead of the name.",
      details: { references },
    },
  );
}

/** The only one elsewhere counts where there is none: what is wrong with it, its use says better. */
async function named<C extends NamedCollection>(
  objects: CatalogReads,
  { collection, among }: Place<C>,
  name: string,
): Promise<readonly Entities[C][]> {
  const list = (where: object): Promise<readonly Entities[C][]> =>
    objects[collection].list({ where: where as unknown as Where<Entities[C]>, limit: 10 });
  const near = await list({ ...among, name });
  if (among === undefined || near.length > 0) return near;
  const elsewhere = await list({ name });
  return elsewhere.length === 1 ? elsewhere : [];
}

async function notFound<C extends NamedCollection>(
  objects: CatalogReads,
  { collection, among }: Place<C>,
  text: string,
): Promise<EngineError> {
  const { word } = NAMED_COLLECTIONS[collection];
  const where = among === undefined ? {} : { where: among };
  const others = (await objects[collection].list({ ...where, limit: MOST_COMPARED })) as readonly { readonly name: string }[];
  const names = [...new Set(others.map(({ name }) => name))];
  const near = nearest(text, names);
  const shown = JSON.stringify(text.slice(0, 80));
  const action =
    near !== undefined
      ? `Did you mean ${JSON.stringify(near)}?`
      : names.length === 0
        ? `There is none yet.`
        : `There are: ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}.`;
  return new EngineError("NOT_FOUND", `There is no ${word} named ${shown}.`, {
    action,
    details: near === undefined ? {} : { near: [near] },
  });
}
