import { readFile, stat } from "node:fs/promises";
import { ARTIFACT_LIMITS, EngineError, isJsonObject, JsonSyntaxError, readPositionedJson, type ErrorCode } from "@opendvp/model";
import { whyUnusable } from "../file-error.ts";
import { formatBytes } from "../output/format-bytes.ts";

/**
 * The bytes of a file that can be an artifact, so that nothing else is sent. `action` says how to get one.
 * @throws EngineError `INPUT_INVALID` where it cannot be read or is empty, `TOO_LARGE`, `PLUGIN_INVALID` where it holds no JSON object
 */
export async function readArtifactFile(path: string, action: string): Promise<Uint8Array> {
  const refused = (code: ErrorCode, problem: string, cause?: unknown): EngineError =>
    new EngineError(code, `The artifact ${path} ${problem}.`, { action, details: { path }, cause });
  const unreadable = (cause: unknown): never => {
    const reason = whyUnusable(cause);
    throw refused("INPUT_INVALID", `cannot be read${reason === undefined ? "" : `: ${reason}`}`, cause);
  };
  const { size } = await stat(path).catch(unreadable);
  if (size > ARTIFACT_LIMITS.artifactBytes) throw refused("TOO_LARGE", tooLarge(size));
  const bytes = await readFile(path).catch(unreadable);
  if (bytes.length === 0) throw refused("INPUT_INVALID", "is empty");
  const problem = whyNoObject(bytes);
  if (problem !== undefined) throw refused("PLUGIN_INVALID", problem);
  return bytes;
}

function tooLarge(sizeBytes: number): string {
  return `has ${formatBytes(sizeBytes)}; engines accept ${formatBytes(ARTIFACT_LIMITS.artifactBytes)}`;
}

function whyNoObject(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes);
  if (text === undefined) return "is no text in UTF-8";
  try {
    return isJsonObject(JSON.parse(text)) ? undefined : "holds JSON, but no object";
  } catch {
    return `is no JSON${whereBroken(text)}`;
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function whereBroken(text: string): string {
  try {
    readPositionedJson(text);
    return "";
  } catch (thrown) {
    return thrown instanceof JsonSyntaxError ? `: line ${thrown.line}: ${thrown.message}` : "";
  }
}
