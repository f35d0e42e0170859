import type { JsonObject } from "@opendvp/model";
import { invalidArtifact } from "./invalid-artifact.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The zip with the source code that an artifact carries. */
export function sourceCodeOf(artifact: JsonObject): Buffer {
  const { sourceCode } = artifact;
  if (typeof sourceCode !== "string") throw invalidArtifact("it has no source code");
  const encoded = sourceCode.replaceAll(/\s/g, "");
  if (!BASE64.test(encoded)) throw invalidArtifact("its source code is not base64");
  return Buffer.from(encoded, "base64");
}
