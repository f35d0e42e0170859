import { rmdir, rm } from "node:fs/promises";
import type { RunningEngine } from "@opendvp/core";
import { EngineError, type EngineErrorShape } from "@opendvp/model";
import { compose, type Composition, type CompositionOverrides } from "./compose.ts";
import { configure, isSetUp } from "./configuration/engine-configuration.ts";
import type { EngineOptions } from "./configuration/engine-options.ts";
import { openDirectories } from "./configuration/open-directories.ts";
import type { EngineEvent } from "./engine-event.ts";
import { createEngineLog } from "./engine-log.ts";
import { toldDataset } from "./tell-restoration.ts";

const CLOSING_GRACE_MS = 10_000;

/**
 * Takes everything off this machine that an engine has mounted, without serving anybody: jobs that were cut off are dealt
 * with, those that wait go on waiting, datasets are unconfigured and unmounted, the pool is unmounted. What datasets are wanted to be stays, so that the
 * next start brings them back. May be cut off at any moment, and repeated.
 */
export async function takeDownEngine(
  options: EngineOptions,
  tell: (event: EngineEvent) => void,
  overrides: CompositionOverrides = {},
): Promise<void> {
  const { dataDirectory, takeDown } = options;
  if (!isSetUp(dataDirectory)) {
    tell({ event: "taken-down", left: [], poolProblem: null });
    return;
  }
  const { configuration } = await configure(options);
  const composition = await compose({ dataDirectory, configuration, logger: createEngineLog() }, overrides);
  const left = await takeDatasetsDown(composition, takeDown?.isForced === true, tell);
  const poolProblem = left.length === 0 ? await detach(composition) : null;
  if (left.length === 0 && poolProblem === null) await removeOpenDirectories(dataDirectory);
  tell({ event: "taken-down", left: left.map(toldDataset), poolProblem });
}

async function takeDatasetsDown(
  { engine, server, pools, close }: Composition,
  isForced: boolean,
  tell: (event: EngineEvent) => void,
): ReturnType<RunningEngine["takeDown"]> {
  try {
    await engine.start(pools, { willBringBack: false });
    return await engine.takeDown({ isForced, onProgress: (progress) => tell({ event: "taking-down", ...progress }) });
  } finally {
    await server.close();
    await engine.close(CLOSING_GRACE_MS);
    await close();
  }
}

async function detach({ detachPool }: Composition): Promise<EngineErrorShape | null> {
  try {
    await detachPool();
    return null;
  } catch (thrown) {
    return EngineError.from(thrown).toShape();
  }
}

/** What a start makes again goes; what plugins have left in the scratch directory stays. */
async function removeOpenDirectories(dataDirectory: string): Promise<void> {
  const { helpers, scratch, preparation, all } = openDirectories(dataDirectory);
  await rm(helpers, { recursive: true, force: true });
  for (const directory of [scratch, preparation, all]) await rmdir(directory).catch(() => undefined);
}
