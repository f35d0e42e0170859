import { EngineError } from "@opendvp/model";
import type { Dataset, HookPoint } from "../entities/dataset.ts";
import type { Scenes } from "../datasets/scenes.ts";
import type { StepWork } from "../jobs/workflow.ts";

const SHOWN_OUTPUT = 4_000;

/** Runs a dataset's own commands, in their order, on its host as its environment user. @throws EngineError `HOOK_FAILED` */
export async function runHooks(
  scenes: Scenes,
  { dataset, point }: { readonly dataset: Dataset; readonly point: HookPoint },
  work: Pick<StepWork<object>, "mark" | "signal" | "remark">,
): Promise<void> {
  const hooks = dataset.hooks[point] ?? [];
  if (hooks.length === 0) return;
  const place = await scenes.place(dataset.environment, dataset.environmentUser);
  const connection = await scenes.connect(place);
  for (const hook of hooks) {
    const variables = {
      DVP_HOOK: hook.name,
      DVP_HOOK_POINT: point,
      DVP_DATASET: dataset.name,
      DVP_DATASET_REFERENCE: dataset.reference,
      DVP_GUID: dataset.guid,
    };
    const result = await connection.run({ command: hook.command, user: place.user.name, variables, mark: work.mark, signal: work.signal });
    if (result.exitCode !== 0) throw hookFailed(point, hook.name, result);
    work.remark({ level: "INFO", code: "HOOK_RAN", message: `Hook ${point} "${hook.name}" ended with exit code 0.` });
  }
}

function hookFailed(
  point: HookPoint,
  name: string,
  result: { readonly exitCode: number; readonly stdout: string; readonly stderr: string },
): EngineError {
  const output = `${result.stdout}${result.stderr}`.slice(-SHOWN_OUTPUT);
  return new EngineError("HOOK_FAILED", `Hook ${point} "${name}" ended with exit code ${result.exitCode}.`, {
    action: "Mend the hook's command, or remove the hook, and ask again.",
    details: { hook: name, point, exitCode: result.exitCode, output },
  });
}
