import { invalidArtifact } from "./invalid-artifact.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The zip with the source code that an artifact carries. */
export function sourceCodeOf(artifact: Uint8Array): Buffer {
  const sourceCode = memberOf(parse(artifact), "sourceCode");
  if (typeof sourceCode !== "string") throw invalidArtifact("it has no source code");
  const encoded = sourceCode.replaceAll(/\s/g, "");
  if (!BASE64.test(encoded)) throw invalidArtifact("its source code is not base64");
  return Buffer.from(encoded, "base64");
}

function parse(artifact: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(artifact));
  } catch (error) {
    throw invalidArtifact("it is not a JSON document", error);
  }
}

function memberOf(value: unknown, member: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, member) ? Reflect.get(value, member) : undefined;
}
