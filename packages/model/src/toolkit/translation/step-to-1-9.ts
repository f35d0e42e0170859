import type { TranslationStep } from "./translation-step.ts";

/** Nothing that a toolkit of 1.8 says means anything else in 1.9: what came along may be left out. */
export const stepTo1_9: TranslationStep = { from: "1.8", to: "1.9", translate: (toolkit) => toolkit };
