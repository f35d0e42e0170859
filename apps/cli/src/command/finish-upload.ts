import type { Client } from "@opendvp/client";
import type { Job } from "@opendvp/contract";
import type { CommonOptions } from "./common-options.ts";
import type { Context } from "./context.ts";
import { seeToItsEnd } from "./finish-job.ts";

export interface UploadOptions extends CommonOptions {
  /** Do not wait for the end of an upgrade. */
  readonly noWait?: boolean;
}

interface Uploaded {
  readonly plugin_id: string;
  readonly job: Job | null;
  readonly warnings: readonly string[];
}

/** Tells what an upload has done, and waits for the job where it upgrades what was installed. @throws EngineError why that failed */
export async function finishUpload(context: Context<UploadOptions>, client: Client, uploaded: Uploaded): Promise<void> {
  // A job that is followed tells them itself.
  const isFollowed = uploaded.job !== null && context.options.noWait !== true;
  if (!isFollowed) for (const warning of uploaded.warnings) context.note(`Warning: ${warning}`);
  if (uploaded.job === null) {
    context.print(uploaded, () => `Installed as ${uploaded.plugin_id}.`);
  } else if (context.options.noWait === true) {
    const { job } = uploaded;
    context.print(uploaded, () => `${job.localized_type}: ${job.id}`);
  } else {
    const job = await seeToItsEnd(context, client, uploaded.job);
    context.print({ ...uploaded, job }, () => `${job.localized_type}: done (${job.id}). Installed as ${uploaded.plugin_id}.`);
  }
}
