import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { listAll } from "@opendvp/client";
import type { JsonObject } from "@opendvp/model";
import { installPlugin, startEngineUnderTest, type EngineUnderTest, type InstalledPlugin } from "../engine-under-test/index.ts";

const PROBE = fileURLToPath(new URL("../kill/probe-plugin/plugin_config.yml", import.meta.url));
const OFTEN = { stagedMs: 200, virtualMs: 200 };

/** An engine that looks after its datasets several times a second, with a dSource `tree` of a plugin that keeps a process in each dataset. */
export class ProbeWorld {
  readonly engine: EngineUnderTest;
  readonly #plugin: InstalledPlugin;

  private constructor(engine: EngineUnderTest, plugin: InstalledPlugin) {
    this.engine = engine;
    this.#plugin = plugin;
  }

  static async open(): Promise<ProbeWorld> {
    const engine = await startEngineUnderTest({ storage: "embedded:1G" });
    const file = join(engine.dataDirectory, "configuration.json");
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as JsonObject), monitoring: OFTEN }));
    await engine.restart();
    const source = join(engine.directory, "source");
    for (const part of ["data", "logs"]) {
      await mkdir(join(source, part), { recursive: true });
      await chmod(join(source, part), 0o777);
    }
    await writeFile(join(source, "version"), "1");
    await chmod(source, 0o777);
    const plugin = await installPlugin(engine, "probe", PROBE);
    const world = new ProbeWorld(engine, plugin);
    const parameters = { mountPath: world.path("tree") };
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: "tree", source_id: await plugin.addSource(source), parameters } }));
    return world;
  }

  path(name: string): string {
    return join(this.engine.directory, "mounts", name);
  }

  async provision(
    name: string,
    more: { readonly parameters?: JsonObject; readonly source_data_id?: string; readonly snapshot_id?: string } = {},
  ) {
    const { parameters = {}, ...from } = more;
    const body = { name, repository_id: this.#plugin.repository, appdata_source_params: { mountPath: this.path(name), ...parameters } };
    const source = "snapshot_id" in from ? from : { source_data_id: "tree", ...from };
    await this.engine.run(this.engine.client.vdbs.provisionBySnapshot({ body: { ...body, ...source } }));
  }

  /** Asks for an operation on a VDB and waits for its end. */
  async ask(operation: "start" | "stop" | "enable" | "disable" | "refreshBySnapshot" | "delete", vdbId: string): Promise<void> {
    await this.engine.run(this.engine.client.vdbs[operation]({ params: { vdbId }, query: { wait: true }, body: {} }));
  }

  /** Lets a VDB be wanted somewhere else from its next operation on. */
  async want(vdbId: string, place: string): Promise<void> {
    const appdata_source_params = { mountPath: this.path(place) };
    await this.engine.client.vdbs.update({ params: { vdbId }, body: { appdata_source_params } });
  }

  /** What is mounted below the place for mounts, by its path in there. */
  async mounted(): Promise<readonly string[]> {
    const table = await readFile("/proc/self/mountinfo", "utf8");
    const paths = table.split("\n").map((line) => line.split(" ")[4] ?? "");
    return paths
      .filter((path) => path.startsWith(this.path("/")))
      .map((path) => path.slice(this.path("/").length))
      .sort();
  }

  /** Whether the plugin's process works there. */
  async isAlive(place: string): Promise<boolean> {
    const pid = await readFile(join(this.path(place), ".pid"), "utf8").catch(() => "none");
    return (await readlink(`/proc/${pid.trim()}/cwd`).catch(() => "")) === this.path(place);
  }

  /** The texts of the faults that stand. */
  async faults(): Promise<readonly string[]> {
    const { client } = this.engine;
    return (await listAll((query) => client.faults.list({ query })))
      .filter(({ status }) => status === "ACTIVE")
      .map(({ message }) => message);
  }

  /** What somebody with root's rights may do behind the engine's back; what it leaves running lives on. */
  async shell(command: string): Promise<void> {
    await promisify(execFile)("bash", ["-c", command]);
  }
}
