import type { TranslationStep } from "./translation-step.ts";

/** What engines of 1.11 say of a toolkit; it is theirs to say. */
const READ_ONLY = ["displayName", "identifier", "status"] as const;

/** Members that became the engine's own are left out. */
export const stepTo1_11: TranslationStep = {
  from: "1.10",
  to: "1.11",
  translate: (toolkit, findings) => {
    for (const member of READ_ONLY) {
      if (toolkit[member] !== undefined) findings.warning([member], "is the engine's to say since 1.11, and thus left out");
    }
    return Object.fromEntries(Object.entries(toolkit).filter(([member]) => !(READ_ONLY as readonly string[]).includes(member)));
  },
};
