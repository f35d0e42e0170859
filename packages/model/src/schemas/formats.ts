import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Format } from "ajv";

const LONGEST_PATH_BYTES = 4096;
const LONGEST_COMPONENT_BYTES = 255;
const bytes = new TextEncoder();

/** A well-formed absolute path of a Unix host; whether it exists is not asked. */
export function isUnixPath(text: string): boolean {
  if (!text.startsWith("/") || /[\0\n\r]/.test(text)) return false;
  if (bytes.encode(text).length >= LONGEST_PATH_BYTES) return false;
  return text.split("/").every((component) => bytes.encode(component).length <= LONGEST_COMPONENT_BYTES);
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
