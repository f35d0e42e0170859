import type { TranslationStep } from "./translation-step.ts";

/** Nothing that a toolkit of 1.9 says means anything else in 1.10: what came along may be left out. */
export const stepTo1_10: TranslationStep = { from: "1.9", to: "1.10", translate: (toolkit) => toolkit };
