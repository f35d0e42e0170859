import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "@opendvp/subprocess";
import { fingerprintOf } from "@opendvp/testkit";
import { expect } from "vitest";
import type { EngineUnderTest, InstalledPlugin } from "../../../e2e/engine-under-test/index.ts";

export interface LinkOptions {
  readonly name: string;
  /** The name of the source directory, below the test's own. */
  readonly directory: string;
  readonly parameters?: Readonly<Record<string, string[]>>;
}

/** A source that a test changes, its dSource, and the one copy by which the test sees what a sync has brought. */
export class SourceTree {
  readonly name: string;
  readonly path: string;
  readonly copyPath: string;
  readonly #engine: EngineUnderTest;
  readonly #plugin: InstalledPlugin;
  readonly #parameters: Readonly<Record<string, string[]>>;
  #isLinked = false;
  #isProvisioned = false;

  private constructor(engine: EngineUnderTest, plugin: InstalledPlugin, { name, directory, parameters = {} }: LinkOptions) {
    this.#engine = engine;
    this.#plugin = plugin;
    this.#parameters = parameters;
    this.name = name;
    this.path = join(engine.directory, directory);
    this.copyPath = join(engine.directory, "copies", name);
  }

  static async make(engine: EngineUnderTest, plugin: InstalledPlugin, options: LinkOptions): Promise<SourceTree> {
    const tree = new SourceTree(engine, plugin, options);
    await mkdir(tree.path);
    return tree;
  }

  /** Runs bash in the source, as root. */
  async change(script: string): Promise<void> {
    const { exitCode, stderr } = await runProcess({ file: "bash", args: ["-euc", script], cwd: this.path, env: { LC_ALL: "C.UTF-8" } });
    if (exitCode !== 0) throw new Error(`the change failed: ${stderr}`);
  }

  /** Brings what the source is now to the copy: links and provisions at first, later syncs and refreshes. */
  async bring(): Promise<void> {
    if (this.#isProvisioned) {
      await this.sync();
      await this.#engine.run(this.#engine.client.vdbs.refreshBySnapshot({ params: { vdbId: `copy of ${this.name}` }, body: {} }));
      return;
    }
    await (this.#isLinked ? this.sync() : this.link());
    this.#isProvisioned = true;
    await this.#engine.run(
      this.#engine.client.vdbs.provisionBySnapshot({
        body: {
          name: `copy of ${this.name}`,
          source_data_id: this.name,
          repository_id: this.#plugin.repository,
          appdata_source_params: { mountPath: this.copyPath },
        },
      }),
    );
  }

  async link(): Promise<void> {
    const source = await this.#plugin.addSource(this.path);
    const body = { name: this.name, source_id: source, parameters: this.#parameters };
    await this.#engine.run(this.#engine.client.dsources.linkAppdata({ body }));
    this.#isLinked = true;
  }

  async sync(): Promise<void> {
    await this.#engine.run(this.#engine.client.dsources.sync({ params: { dsourceId: this.name }, body: {} }));
  }

  /** Changes the source, brings it, and compares everything that a file system knows of it. */
  async shows(script: string): Promise<void> {
    await this.change(script);
    await this.bring();
    expect(await fingerprintOf(this.copyPath)).toBe(await fingerprintOf(this.path));
  }
}
