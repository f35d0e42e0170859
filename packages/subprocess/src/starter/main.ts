import { EngineError } from "@opendvp/model";
import { runHere } from "../run-here.ts";
import type { FromStarter, ToStarter } from "./messages.ts";

// Starts programs for the engine that has started this one, whose number is the argument, and ends with it.
// It may have gone before the kernel was asked to tell.
if (process.ppid !== Number(process.argv[2])) process.exit(0);

const underWay = new Map<number, AbortController>();

async function run({ id, request }: Extract<ToStarter, { type: "run" }>): Promise<void> {
  const controller = new AbortController();
  underWay.set(id, controller);
  try {
    answer({ type: "ended", id, result: await runHere({ ...request, signal: controller.signal }) });
  } catch (error) {
    answer({ type: "failed", id, error: EngineError.from(error).toShape() });
  } finally {
    underWay.delete(id);
  }
}

function answer(message: FromStarter): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

process.on("message", (message: ToStarter) => {
  if (message.type === "run") void run(message);
  else underWay.get(message.id)?.abort();
});
process.on("disconnect", () => process.exit(0));
// What ends the engine in order still needs programs; the engine says when it is enough.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
