import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARTIFACT_LIMITS } from "@opendvp/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { readArtifactFile } from "../../src/input/artifact-file.ts";

const MAKE = "Make it with `dvp build`.";

async function fileOf(content: string | Uint8Array): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "dvp-artifact-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, "artifact.json");
  await writeFile(file, content);
  return file;
}

describe("the file of an artifact", () => {
  it("is given as it is where it holds a JSON object, a byte order mark included", async () => {
    const text = '\uFEFF{"name": "acme"}\n';
    expect(Buffer.from(await readArtifactFile(await fileOf(text), MAKE)).toString()).toBe(text);
  });

  it.each([
    ["is empty", "", "INPUT_INVALID", /artifact\.json is empty\.$/],
    ["breaks off", '{\n  "name": "acme",\n  "sour', "PLUGIN_INVALID", /artifact\.json is no JSON: line 3: /],
    ["is no JSON at all", "PK\u0003\u0004", "PLUGIN_INVALID", /artifact\.json is no JSON: line 1: /],
    ["holds a list", "[]", "PLUGIN_INVALID", /artifact\.json holds JSON, but no object\.$/],
    ["is no text", Uint8Array.of(0x7b, 0xff, 0x7d), "PLUGIN_INVALID", /artifact\.json is no text in UTF-8\.$/],
  ])("is named where it %s", async (...[, content, code, message]) => {
    const action = MAKE;
    await expect(readArtifactFile(await fileOf(content), MAKE)).rejects.toMatchObject({
      code,
      action,
      message: expect.stringMatching(message),
    });
  });

  it("is not read where engines would not take it", async () => {
    const file = await fileOf("{");
    await truncate(file, ARTIFACT_LIMITS.artifactBytes + 1024 * 1024);
    const message = expect.stringMatching(/artifact\.json has 65\.0 MiB; engines accept 64\.0 MiB\.$/);
    await expect(readArtifactFile(file, MAKE)).rejects.toMatchObject({ code: "TOO_LARGE", message });
  });

  it("is named where it is absent or a directory", async () => {
    const message = (text: string): object => ({ code: "INPUT_INVALID", message: text });
    await expect(readArtifactFile("/nowhere/a.json", MAKE)).rejects.toMatchObject(
      message("The artifact /nowhere/a.json cannot be read: it, or its directory, does not exist."),
    );
    await expect(readArtifactFile("/etc", MAKE)).rejects.toMatchObject(message("The artifact /etc cannot be read: it is a directory."));
  });
});
