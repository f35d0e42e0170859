import { EngineError } from "../errors/engine-error.ts";
import { compareDottedNumbers, normaliseDottedNumber } from "./dotted-number.ts";

/** Whether a text is a build number: non-negative integers joined by dots, not all zero. */
export function isBuildNumber(text: string): boolean {
  return normaliseDottedNumber(text) !== undefined;
}

/**
 * The one spelling of a build number, as artifacts carry it: `1.02.0` becomes `1.2`.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function normaliseBuildNumber(text: string): string {
  const normalised = normaliseDottedNumber(text);
  if (normalised === undefined) {
    throw new EngineError("PLUGIN_INVALID", `${JSON.stringify(text.slice(0, 80))} is no build number.`, {
      action: 'Use non-negative integers joined by dots, not all of them zero, such as "1.0.2".',
    });
  }
  return normalised;
}

/**
 * Negative where the first is the older one, 0 where both mean the same (`1.2` and `1.2.0`), else positive.
 * @throws EngineError `PLUGIN_INVALID`
 */
export function compareBuildNumbers(first: string, second: string): number {
  return compareDottedNumbers(normaliseBuildNumber(first), normaliseBuildNumber(second));
}
