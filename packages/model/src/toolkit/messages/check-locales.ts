import type { JsonPath } from "../../json/json-path.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";

/** The messages of a toolkit in one language. */
export interface ToolkitLocale {
  readonly locale: string;
  readonly messages: Readonly<Record<string, string>>;
}

/** What locales are checked with: where each stands, so that problems name its file. */
export interface PlacedLocale extends ToolkitLocale {
  readonly at: JsonPath;
}

/**
 * The rules between locales: each there once, the default one among them, and no message that the default one lacks.
 * Locales that differ in upper and lower case only are the same.
 */
export function checkLocales(locales: readonly PlacedLocale[], defaultLocale: string, findings: SchemaFindings): void {
  const seen = new Set<string>();
  for (const { locale, at } of locales) {
    if (seen.has(locale.toLowerCase())) findings.problem(at, `gives messages for the locale ${JSON.stringify(locale)} a second time`);
    seen.add(locale.toLowerCase());
  }
  const fallback = locales.find(({ locale }) => locale.toLowerCase() === defaultLocale.toLowerCase());
  if (locales.length === 0) return;
  if (fallback === undefined) {
    findings.problem(
      ["defaultLocale"],
      `is ${JSON.stringify(defaultLocale)}, for which there are no messages`,
      `Add messages/${defaultLocale}.txt.`,
    );
    return;
  }
  for (const { locale, messages, at } of locales) {
    for (const id of Object.keys(messages)) {
      if (Object.hasOwn(fallback.messages, id)) continue;
      findings.problem(
        [...at, "messages", id],
        `is a message that the default locale ${fallback.locale} lacks`,
        `Add it for ${fallback.locale} too: ${locale} alone is not enough.`,
      );
    }
  }
}
