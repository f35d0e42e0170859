import { EngineError, type Reference } from "@opendvp/model";
import { nearest } from "../../validation/nearest.ts";

/** The one of some objects that a name or a reference means. @throws EngineError `NOT_FOUND` with the near names */
export function pick<T extends { readonly reference: Reference; readonly name: string }>(
  candidates: readonly T[],
  nameOrReference: string,
  what: string,
): T {
  const found = candidates.find(({ reference, name }) => reference === nameOrReference || name === nameOrReference);
  if (found !== undefined) return found;
  const near = nearest(
    nameOrReference,
    candidates.map(({ name }) => name),
  );
  throw new EngineError("NOT_FOUND", `There is no ${what} ${JSON.stringify(nameOrReference)}.`, {
    action: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "List what there is.",
    details: { near },
  });
}
