import { EngineError } from "../errors/engine-error.ts";
import { compareDottedNumbers, normaliseDottedNumber } from "./dotted-number.ts";

/** Whether a text is the id of a data migration: integers joined by dots, not all zero. */
export function isMigrationId(text: string): boolean {
  return normaliseDottedNumber(text) !== undefined;
}

/**
 * The one spelling of a migration id: `01.02.0` becomes `1.2`.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function normaliseMigrationId(text: string): string {
  const normalised = normaliseDottedNumber(text);
  if (normalised === undefined) {
    throw new EngineError("PLUGIN_INVALID", `${JSON.stringify(text.slice(0, 80))} is no migration id.`, {
      action: 'Use integers joined by dots, not all of them zero, such as "2021.7.1".',
    });
  }
  return normalised;
}

/** @throws EngineError `PLUGIN_INVALID` */
export function compareMigrationIds(first: string, second: string): number {
  return compareDottedNumbers(normaliseMigrationId(first), normaliseMigrationId(second));
}

/**
 * Migration ids, canonical, in the order in which the migrations run.
 * @throws EngineError `PLUGIN_INVALID` where one is none, or two are numerically the same
 */
export function sortMigrationIds(ids: readonly string[]): readonly string[] {
  const spellings = new Map<string, string>();
  for (const id of ids) {
    const normalised = normaliseMigrationId(id);
    const other = spellings.get(normalised);
    if (other !== undefined) {
      throw new EngineError("PLUGIN_INVALID", `The migration ids ${JSON.stringify(other)} and ${JSON.stringify(id)} are the same number.`, {
        action: "Give each migration an id of its own, over all kinds of object.",
        details: { ids: [other, id] },
      });
    }
    spellings.set(normalised, id);
  }
  return [...spellings.keys()].sort(compareDottedNumbers);
}

/** The migrations of a new version that the installed one has not run, in the order in which they run. Both lists canonical. */
export function newMigrationIds(installed: readonly string[], offered: readonly string[]): readonly string[] {
  const known = new Set(installed);
  return offered.filter((id) => !known.has(id)).sort(compareDottedNumbers);
}

/** The migrations of the installed version that a new one lacks; any of them makes the new version unsuitable. Both lists canonical. */
export function missingMigrationIds(installed: readonly string[], offered: readonly string[]): readonly string[] {
  const known = new Set(offered);
  return installed.filter((id) => !known.has(id)).sort(compareDottedNumbers);
}
