import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Format } from "ajv";

const LONGEST_PATH_BYTES = 4096;
const LONGEST_COMPONENT_BYTES = 255;
const bytes = new TextEncoder();

const REFUSED_CHARACTERS: readonly (readonly [string, string])[] = [
  ["\0", "a NUL character (U+0000)"],
  ["\n", "a line feed (U+000A)"],
  ["\r", "a carriage return (U+000D)"],
];

/** A well-formed absolute path of a Unix host; whether it exists is not asked. */
export function isUnixPath(text: string): boolean {
  return unixPathProblem(text) === undefined;
}

/** What keeps a text from being such a path: "must be an absolute path". Does not contain it. */
export function unixPathProblem(text: string): string | undefined {
  const refused = REFUSED_CHARACTERS.flatMap(([character, name]) => (text.includes(character) ? [name] : []));
  if (refused.length > 0) return `must not contain ${refused.join(" or ")}`;
  if (!text.startsWith("/")) return "must be an absolute path";
  if (bytes.encode(text).length >= LONGEST_PATH_BYTES) return `must be shorter than ${LONGEST_PATH_BYTES} bytes`;
  const isTooLong = text.split("/").some((component) => bytes.encode(component).length > LONGEST_COMPONENT_BYTES);
  return isTooLong ? `must not have a name of more than ${LONGEST_COMPONENT_BYTES} bytes between its slashes` : undefined;
}

/** What a value of `format: reference` looks like, by its `referenceType`. */
export const REFERENCE_FORMS: Readonly<Record<string, RegExp>> = {
  UNIX_HOST_ENVIRONMENT: /^UNIX_HOST_ENVIRONMENT-[1-9]\d*$/,
  HOST_USER: /^HOST_USER-[1-9]\d*$/,
  CyberArkPasswordVault: /^CYBERARK_PASSWORD_VAULT-[1-9]\d*$/,
  HashiCorpVault: /^HASHICORP_VAULT-[1-9]\d*$/,
};

/** The formats that the engine checks: those of JSON Schema and the platform's own. `password` takes any string. */
export const SCHEMA_FORMATS: Readonly<Record<string, Format>> = {
  ...fullFormats,
  password: true,
  unixpath: isUnixPath,
  reference: true,
};
