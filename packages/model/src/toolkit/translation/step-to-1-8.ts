import type { TranslationStep } from "./translation-step.ts";

/** Nothing that a toolkit of 1.7 says means anything else in 1.8: what came along may be left out. */
export const stepTo1_8: TranslationStep = { from: "1.7", to: "1.8", translate: (toolkit) => toolkit };
