import { EngineError, type Reference } from "@opendvp/model";
import { found } from "../datasets/scenes.ts";
import type { Plugin } from "../entities/plugin.ts";
import type { MakeRequest } from "../jobs/asked-operations.ts";
import type { Choose, Workflow } from "../jobs/workflow.ts";
import type { CatalogReads } from "../ports/catalog.ts";
import { checkNamePairs } from "./succession/lua-pairs.ts";
import type { UpgradeFacts } from "./upgrade-facts.ts";
import { checkUpgrade, knownBy, migrationsKnown, upgradeFacts, upgradeLocks, type UpgradeRequestParts } from "./upgrade-request.ts";

export interface ActivateInput {
  readonly inactive: Reference<"APPDATA_TOOLKIT">;
  /** What is active when it is asked for, and goes on; where nothing is, the inactive version itself. */
  readonly into: Reference<"APPDATA_TOOLKIT">;
  readonly mayExpose: boolean;
}

/**
 * Makes the objects of an inactive version objects of the active one, by the workflow of upgrades. Where none is active, it
 * becomes the active one as it is.
 */
export function activateRequest(parts: UpgradeRequestParts, workflow: Workflow<UpgradeFacts>): MakeRequest<ActivateInput, UpgradeFacts> {
  return async ({ inactive: reference, into, mayExpose }) => {
    const asked = await inactiveVersion(parts.objects, reference);
    const { prettyName, buildNumber } = asked;
    const other = await activeFor(parts.objects, asked);
    const migrations = await migrationsKnown(parts.artifacts, other === undefined ? [asked] : [other, asked]);
    const draft = async (choose: Choose) => {
      const asIs = await inactiveVersion(choose.objects, reference);
      const activeNow = await activeFor(choose.objects, asIs);
      const goesOn = activeNow ?? asIs;
      if (goesOn.reference !== into) throw isAnother(asIs, goesOn.reference);
      const inactive = knownBy(migrations, asIs, goesOn);
      const active = activeNow === undefined ? undefined : knownBy(migrations, activeNow, goesOn);
      const { reference: _reference, status: _status, createdAt: _createdAt, ...release } = active ?? inactive;
      if (active === undefined) checkNamePairs(await choose.objects.plugins.list(), release);
      else await checkUpgrade(choose.objects, [inactive], release);
      const versions = active === undefined ? [inactive] : [active, inactive];
      return { target: into, input: upgradeFacts(versions, { into, release, mayExpose }), locks: upgradeLocks(versions, release) };
    };
    return { workflow, title: `Activate ${prettyName} ${buildNumber}`, targetName: prettyName, draft };
  };
}

/** What goes on once a version is activated. @throws EngineError `NOT_FOUND`, `STATE_UNSUITABLE` */
export async function activeInstead(objects: CatalogReads, inactive: Reference<"APPDATA_TOOLKIT">): Promise<Reference<"APPDATA_TOOLKIT">> {
  return (await activeFor(objects, await inactiveVersion(objects, inactive)))?.reference ?? inactive;
}

/** The active version of the same plugin, or the plugin that is a newer version of that toolkit. */
async function activeFor(objects: CatalogReads, inactive: Plugin): Promise<Plugin | undefined> {
  const active = await objects.plugins.list({ where: { status: "ACTIVE" } });
  const same = active.find(({ pluginId }) => pluginId === inactive.pluginId);
  return same ?? active.find(({ lua }) => inactive.kind === "TOOLKIT" && lua?.name === inactive.pluginId);
}

/** @throws EngineError `NOT_FOUND`, `STATE_UNSUITABLE` */
async function inactiveVersion(objects: CatalogReads, reference: Reference<"APPDATA_TOOLKIT">): Promise<Plugin> {
  const plugin = found(await objects.plugins.find(reference), reference);
  if (plugin.status === "INACTIVE") return plugin;
  throw new EngineError("STATE_UNSUITABLE", `${plugin.prettyName} ${plugin.buildNumber} is active already.`, {
    action: "Name an inactive version.",
    details: { plugin: reference },
  });
}

function isAnother({ prettyName, buildNumber }: Plugin, active: Reference<"APPDATA_TOOLKIT">): EngineError {
  return new EngineError(
    "STATE_UNSUITABLE",
    `While ${prettyName} ${buildNumber} waited to be activated, ${active} became the active version.`,
    {
      action: "Activate it again.",
      details: { plugin: active },
    },
  );
}
