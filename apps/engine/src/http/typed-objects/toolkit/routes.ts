import { ROUTES } from "@opendvp/contract";
import type { Engine, Plugin } from "@opendvp/core";
import { EngineError, isReference } from "@opendvp/model";
import { listResult } from "../envelope/list-result.ts";
import { okResult } from "../envelope/result.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { presentSource } from "../source/presenter.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedCall, TypedRoute } from "../typed-route.ts";
import { disableAllSources } from "./disable-all-sources.ts";
import { presentPlugin } from "./present-plugin.ts";
import { presentToolkit, presentToolkitWithoutArtifact } from "./present-toolkit.ts";

export function toolkitRoutes(context: TypedContext): readonly TypedRoute[] {
  const { engine } = context;
  return [
    {
      method: "GET",
      path: "toolkit",
      access: ROUTES.plugins.list,
      answer: async () => listResult(await presentAll(engine, await engine.objects.plugins.list())),
    },
    {
      method: "GET",
      path: "toolkit/:toolkit",
      access: ROUTES.plugins.show,
      answer: async (call) => okResult(await present(engine, await find(engine, call))),
    },
    {
      method: "POST",
      path: "toolkit/:toolkit/delete",
      access: ROUTES.plugins.delete,
      answer: async (call) => okResult(null, { action: await engine.plugins.delete((await find(engine, call)).reference, call.ask) }),
    },
    // Nothing is changed by it, and it is asked for either way.
    ...(["GET", "POST"] as const).map((method): TypedRoute => ({
      method,
      path: "toolkit/:toolkit/listAllSources",
      access: ROUTES.dsources.list,
      answer: async (call) => {
        const { reference } = await find(engine, call);
        const datasets = await engine.objects.datasets.list({ where: { plugin: reference } });
        return listResult(datasets.map((dataset) => presentSource(dataset, engine)));
      },
    })),
    {
      method: "POST",
      path: "toolkit/:toolkit/disableAllSources",
      access: ROUTES.dsources.disable,
      answer: async (call) => okResult(null, await disableAllSources(context, await find(engine, call), call.ask)),
    },
  ];
}

const DAMAGE: ReadonlySet<string> = new Set(["CATALOG_FAILED", "PLUGIN_INVALID", "PLUGIN_REFUSED"]);

async function presentAll(engine: Engine, plugins: readonly Plugin[]): Promise<TypedObject[]> {
  const shown: TypedObject[] = [];
  for (const plugin of plugins) {
    // One that is deleted or upgraded at this moment is shown as it is now, if at all.
    const now = await present(engine, plugin).catch(() => presentAgain(engine, plugin));
    if (now !== undefined) shown.push(now);
  }
  return shown;
}

/** One toolkit whose artifact is damaged takes nothing from the list of the others; who asks for it alone is told. */
async function presentAgain(engine: Engine, { reference }: Plugin): Promise<TypedObject | undefined> {
  const plugin = await engine.objects.plugins.find(reference);
  if (plugin === undefined) return undefined;
  return present(engine, plugin).catch((error: unknown) => {
    if (plugin.kind === "TOOLKIT" && isDamage(error)) return presentToolkitWithoutArtifact(plugin);
    if (error instanceof EngineError && error.code === "NOT_FOUND") return undefined;
    throw error;
  });
}

/** Whether an artifact is lost, is not what was stored, or is none that this engine reads any more. */
function isDamage(error: unknown): boolean {
  return error instanceof EngineError && DAMAGE.has(error.code);
}

async function present(engine: Engine, plugin: Plugin): Promise<TypedObject> {
  return plugin.kind === "PLUGIN" ? presentPlugin(plugin) : presentToolkit(plugin, await engine.plugins.toolkit(plugin.reference));
}

async function find(engine: Engine, { params: { toolkit = "" } }: TypedCall): Promise<Plugin> {
  const plugin = isReference(toolkit, "APPDATA_TOOLKIT") ? await engine.objects.plugins.find(toolkit) : undefined;
  if (plugin !== undefined) return plugin;
  throw new EngineError("NOT_FOUND", `There is no toolkit ${JSON.stringify(toolkit.slice(0, 80))}.`, {
    action: "List them with GET toolkit; their references look like APPDATA_TOOLKIT-1.",
  });
}
