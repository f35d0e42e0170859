import { EngineError, type Json, type JsonObject } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";
import { askPassword, readSecretFile } from "./password.ts";

export interface GivenParameter {
  readonly name: string;
  /** What stands behind the `=`; undefined without one. */
  readonly text: string | undefined;
  /** Its schema. */
  readonly property: JsonObject;
}

/** A parameter's text in the type that the plugin's schema wants. @throws EngineError `INPUT_INVALID` */
export async function parameterValue(terminal: Terminal, given: GivenParameter): Promise<Json> {
  const isSecret = given.property["format"] === "password";
  if (given.text === undefined) {
    if (isSecret) return askPassword(terminal, given.name, `Give it with --param ${given.name}=@FILE.`);
    throw wrong(given, "has no value", `Write --param ${given.name}=VALUE.`);
  }
  if (given.text.startsWith("@")) return converted(given, (await readSecretFile(given.text.slice(1))).replace(/\r?\n$/, ""));
  if (isSecret) {
    throw wrong(
      given,
      "is a secret, which others could see in an argument",
      `Write --param ${given.name} to be asked, or --param ${given.name}=@FILE.`,
    );
  }
  return converted(given, given.text);
}

function converted(given: GivenParameter, text: string): Json {
  switch (given.property["type"]) {
    case "integer":
    case "number":
      return numberOf(given, text);
    case "boolean":
      return booleanOf(given, text);
    case "array":
      return text.trimStart().startsWith("[") ? jsonOf(given, text) : text.split(",").map((item) => item.trim());
    case "object":
      return jsonOf(given, text);
    default:
      return text;
  }
}

function numberOf(given: GivenParameter, text: string): number {
  const number = Number(text);
  const isFit = text.trim() !== "" && Number.isFinite(number) && (given.property["type"] !== "integer" || Number.isInteger(number));
  if (isFit) return number;
  throw wrong(
    given,
    `must be ${given.property["type"] === "integer" ? "a whole number" : "a number"}`,
    `Write it like --param ${given.name}=5.`,
  );
}

function booleanOf(given: GivenParameter, text: string): boolean {
  if (/^(?:true|yes|on|1)$/i.test(text)) return true;
  if (/^(?:false|no|off|0)$/i.test(text)) return false;
  throw wrong(given, "must be true or false", `Write it like --param ${given.name}=true.`);
}

function jsonOf(given: GivenParameter, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw wrong(given, "must be JSON", 'Write it like \'["a", "b"]\' or \'{"a": 1}\'.');
  }
}

function wrong(given: GivenParameter, problem: string, action: string): EngineError {
  return new EngineError("INPUT_INVALID", `The parameter ${given.name} ${problem}.`, { action, details: { parameter: given.name } });
}
