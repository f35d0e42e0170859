import { formatProblem, type JsonObject } from "../../../src/index.ts";
import { SchemaFindings } from "../../../src/schemas/rules/findings.ts";
import type { TranslationStep } from "../../../src/toolkit/translation/translation-step.ts";

export interface Translated {
  readonly toolkit: JsonObject;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What a step makes of a toolkit that it must not change. */
export function translatedBy(step: TranslationStep, toolkit: JsonObject): Translated {
  const before = JSON.stringify(toolkit);
  const findings = new SchemaFindings({});
  const translated = step.translate(toolkit, findings);
  if (JSON.stringify(toolkit) !== before) throw new Error(`The step to ${step.to} changed what it was given.`);
  return { toolkit: translated, problems: findings.problems.map(formatProblem), warnings: findings.warnings.map(formatProblem) };
}
