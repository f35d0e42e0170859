import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginLanguage, PluginType } from "@opendvp/model";
import { unzipSync } from "fflate";
import { initPlugin } from "../src/index.ts";

/** A folder outside of the checkout, where nothing of ours can be found by accident. */
export class PluginSandbox implements AsyncDisposable {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async empty(): Promise<PluginSandbox> {
    return new PluginSandbox(await mkdtemp(join(tmpdir(), "dvp-tools-test-")));
  }

  static async withPlugin(strategy: PluginType, language: PluginLanguage = "TYPESCRIPT"): Promise<PluginSandbox> {
    const sandbox = await PluginSandbox.empty();
    try {
      await initPlugin({ name: "My files", directory: sandbox.directory, strategy, hostType: "UNIX", language });
    } catch (thrown) {
      await sandbox[Symbol.asyncDispose]();
      throw thrown;
    }
    return sandbox;
  }

  get configFile(): string {
    return this.path("plugin_config.yml");
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), "utf8");
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(this.path(name), text);
  }

  /** Changes a file as an author would in an editor. The text must be there. */
  async replace(name: string, former: string, next: string): Promise<void> {
    const text = await this.read(name);
    if (!text.includes(former)) throw new Error(`${name} does not contain ${JSON.stringify(former)}.`);
    await this.write(
      name,
      text.replace(former, () => next),
    );
  }

  /** The files in the artifact's zip. */
  async artifactSource(): Promise<Record<string, Uint8Array>> {
    const artifact = JSON.parse(await this.read("artifact.json")) as { sourceCode: string };
    return unzipSync(Buffer.from(artifact.sourceCode, "base64"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
