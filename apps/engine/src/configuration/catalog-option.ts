import { parsePostgresqlAddress } from "@opendvp/catalog";
import { EngineError } from "@opendvp/model";

/** `sqlite`, in the data directory, or the address of a PostgreSQL database, without a password. */
export type CatalogOption = string;

export const EMBEDDED_CATALOG: CatalogOption = "sqlite";

/** @throws EngineError `INPUT_INVALID` */
export function parseCatalog(text: string): CatalogOption {
  if (text !== EMBEDDED_CATALOG) parsePostgresqlAddress(text);
  return text;
}

/**
 * The catalog to start on. Another address may be the same database, moved; another kind of catalog never has what this engine made.
 * @throws EngineError `STATE_UNSUITABLE`
 */
export function chooseCatalog(asked: CatalogOption | undefined, former: { readonly catalog?: CatalogOption } | undefined): CatalogOption {
  const kept = former === undefined ? undefined : (former.catalog ?? EMBEDDED_CATALOG);
  const chosen = parseCatalog(asked ?? kept ?? EMBEDDED_CATALOG);
  if (kept === undefined || (kept === EMBEDDED_CATALOG) === (chosen === EMBEDDED_CATALOG)) return chosen;
  throw new EngineError("STATE_UNSUITABLE", `This engine was set up with the catalog ${kept}, and what it made is known there alone.`, {
    action: "Start it without --catalog, or give a data directory of its own to an engine with another catalog.",
    details: { catalog: kept },
  });
}
