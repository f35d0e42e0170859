import type { ApiVersion } from "../../artifact/plugin-artifact.ts";
import type { JsonObject } from "../../json/json.ts";
import type { Problem } from "../../problems/problem.ts";
import { SchemaFindings } from "../../schemas/rules/findings.ts";
import { TOOLKIT_APIS, toolkitApi } from "../build-api.ts";
import { stepTo1_10 } from "./step-to-1-10.ts";
import { stepTo1_11 } from "./step-to-1-11.ts";
import { stepTo1_6 } from "./step-to-1-6.ts";
import { stepTo1_7 } from "./step-to-1-7.ts";
import { stepTo1_8 } from "./step-to-1-8.ts";
import { stepTo1_9 } from "./step-to-1-9.ts";
import type { TranslationStep } from "./translation-step.ts";

/** Every step, in the order in which they are taken. */
export const TRANSLATION_STEPS: readonly TranslationStep[] = [stepTo1_6, stepTo1_7, stepTo1_8, stepTo1_9, stepTo1_10, stepTo1_11];

export interface TranslatedToolkit {
  readonly toolkit: JsonObject;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Takes a toolkit step by step from the API that it was built for to the current one.
 * @throws EngineError `PLUGIN_REFUSED` for an API that is too old or unknown
 */
export function translateToolkit(toolkit: JsonObject, buildApi: ApiVersion): TranslatedToolkit {
  const first = TOOLKIT_APIS.indexOf(toolkitApi(toolkit, buildApi));
  const findings = new SchemaFindings({});
  const translated = TRANSLATION_STEPS.slice(first).reduce((former, { translate }) => translate(former, findings), toolkit);
  return { toolkit: translated, problems: findings.problems, warnings: findings.warnings };
}
