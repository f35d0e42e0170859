import { isJsonObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonPath } from "../../json/json-path.ts";
import type { SchemaFindings } from "../../schemas/rules/findings.ts";
import type { PlacedLocale } from "./check-locales.ts";
import { isMessageId } from "./parse-message-file.ts";

/**
 * The messages of main.json or of an artifact: a list of `{localeName, messages: {id: text}}`; `locale` is another name
 * of `localeName`.
 */
export function readLocales(value: Json | undefined, at: JsonPath, findings: SchemaFindings): readonly PlacedLocale[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    findings.problem(at, "must be a list with an object for each locale");
    return [];
  }
  return (value as readonly Json[]).flatMap((item, index) => {
    const itemAt = [...at, index];
    const name = isJsonObject(item) ? (item["localeName"] ?? item["locale"]) : undefined;
    if (isJsonObject(item) && typeof name === "string" && name !== "" && isJsonObject(item["messages"])) {
      return [{ locale: name, messages: readMessages(item["messages"], [...itemAt, "messages"], findings), at: itemAt }];
    }
    findings.problem(itemAt, 'must have the form {"localeName": "en-us", "messages": {"id": "text"}}');
    return [];
  });
}

function readMessages(value: JsonObject, at: JsonPath, findings: SchemaFindings): Readonly<Record<string, string>> {
  const messages = new Map<string, string>();
  for (const [id, text] of Object.entries(value)) {
    if (!isMessageId(id)) findings.problem([...at, id], "must begin with a letter and consist of letters, digits and _");
    else if (typeof text !== "string") findings.problem([...at, id], "must be a text");
    else messages.set(id, text);
  }
  return Object.fromEntries(messages);
}
