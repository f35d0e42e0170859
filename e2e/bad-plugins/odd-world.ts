import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jobError, listAll, waitForJob } from "@opendvp/client";
import type { EngineError, JsonObject } from "@opendvp/model";
import { buildPlugin, buildToolkit } from "@opendvp/plugin-tools";
import { findPythons } from "@opendvp/testkit";
import { makeSource, startEngineUnderTest, type EngineUnderTest } from "../engine-under-test/index.ts";

const MIB = 1024 * 1024;
const PLUGINS = join(import.meta.dirname, "plugins");
/** Everything that may hang is over soon, and whatever eats memory is stopped early. */
const CONFIGURATION = {
  timeLimits: { operationMs: 8000, discoveryMs: 8000 },
  plugins: { memoryLimitBytes: 192 * MIB, startLimitMs: 10_000, outputLimitBytes: 4 * MIB },
  interpreters: { PYTHON27: "/nowhere/python2.7" },
};

const pythons = await findPythons();
const python = pythons.get("3.11") ?? pythons.get("3.13") ?? pythons.get("3.8");

export type OddLanguage = "typescript" | "python" | "toolkit";

export const ODD_LANGUAGES = (["typescript", "python", "toolkit"] as const).filter((one) => one !== "python" || python !== undefined);

/** An installed plugin with a dSource, `tree-…`, and a VDB, `copy-…`. */
export interface OddPlugin {
  readonly plugin: string;
  readonly repository: string;
  /** The artifact that was uploaded. */
  readonly artifact: JsonObject;
  /** By which errors name it. */
  readonly label: string;
}

export interface OddWorld extends AsyncDisposable {
  readonly engine: EngineUnderTest;
  readonly languages: readonly OddLanguage[];
  of(language: OddLanguage): OddPlugin;
  /** Provisions a VDB whose plugin does as it is told, and gives the job's error. */
  provision(language: OddLanguage, name: string, how?: string): Promise<EngineError | undefined>;
  /** What is uploaded, and the error that it is refused with; undefined where it is not. */
  refusalOf(body: Uint8Array): Promise<EngineError | undefined>;
  /** All that uploads may change: plugins, and what lies in their store. */
  state(): Promise<unknown>;
}

/** An engine with a plugin in each language that this machine can run. */
export async function startOddWorld(): Promise<OddWorld> {
  const engine = await startEngineUnderTest({ storage: "embedded:1G" });
  const configuration = join(engine.dataDirectory, "configuration.json");
  const interpreters = { ...CONFIGURATION.interpreters, ...(python === undefined ? {} : { PYTHON311: python }) };
  const former = JSON.parse(await readFile(configuration, "utf8")) as JsonObject;
  await writeFile(configuration, JSON.stringify({ ...former, ...CONFIGURATION, interpreters }));
  await engine.restart();
  const source = await makeSource(engine);
  const plugins = new Map<OddLanguage, OddPlugin>();
  for (const language of ODD_LANGUAGES) plugins.set(language, await install(engine, language));

  const of = (language: OddLanguage): OddPlugin => {
    const found = plugins.get(language);
    if (found === undefined) throw new Error(`This machine cannot run ${language}.`);
    return found;
  };
  async function provision(language: OddLanguage, name: string, how?: string): Promise<EngineError | undefined> {
    const appdata_source_params = { mountPath: join(engine.directory, name), ...(how === undefined ? {} : { how }) };
    const body = { name, source_data_id: `tree-${language}`, repository_id: of(language).repository, appdata_source_params };
    const { job } = await engine.client.vdbs.provisionBySnapshot({ body });
    return jobError(await waitForJob(engine.client, job.id));
  }
  for (const language of ODD_LANGUAGES) {
    const parameters = { name: source, path: source };
    const { source_id } = await engine.client.sources.add({ body: { repository_id: of(language).repository, parameters } });
    await engine.run(engine.client.dsources.linkAppdata({ body: { name: `tree-${language}`, source_id, parameters: {} } }));
    const error = await provision(language, `copy-${language}`);
    if (error !== undefined) throw error;
  }
  return {
    engine,
    languages: ODD_LANGUAGES,
    of,
    provision,
    refusalOf: async (body) =>
      engine.client.plugins.upload({ body }).then(
        () => undefined,
        (error: unknown) => error as EngineError,
      ),
    state: () => stateOf(engine),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

async function install(engine: EngineUnderTest, language: OddLanguage): Promise<OddPlugin> {
  const artifactFile = join(engine.directory, `odd-${language}.json`);
  const directory = join(PLUGINS, language);
  if (language === "toolkit") await buildToolkit({ sourceDirectory: join(directory, "odd-toolkit"), artifactFile });
  else await buildPlugin({ configFile: join(directory, "plugin_config.yml"), artifactFile, typeCheck: false });
  const body = await readFile(artifactFile);
  const { plugin_id: plugin } = await engine.client.plugins.upload({ body });
  const [environment] = await listAll((query) => engine.client.environments.list({ query }));
  if (environment === undefined) {
    const here = { name: "this machine", hostname: "localhost", username: engine.environmentUser };
    await engine.run(engine.client.environments.create({ body: here }));
  } else await engine.run(engine.client.environments.refresh({ params: { environmentId: environment.id } }));
  const repositories = await listAll((query) => engine.client.repositories.list({ query }));
  const repository = repositories.find(({ toolkit_id }) => toolkit_id === plugin)?.id;
  if (repository === undefined) throw new Error(`odd-${language} has found no repository.`);
  const artifact = JSON.parse(body.toString()) as JsonObject;
  return { plugin, repository, artifact, label: language === "toolkit" ? "odd-toolkit" : `odd-${language}` };
}

async function stateOf({ client, dataDirectory }: EngineUnderTest): Promise<unknown> {
  const plugins = (await listAll((query) => client.plugins.list({ query }))).map(({ id, build_number }) => [id, build_number]);
  const store = join(dataDirectory, "artifacts");
  return { plugins, artifacts: (await readdir(store)).sort(), unpacked: (await readdir(join(store, "unpacked"))).sort() };
}
