import { EngineError } from "@opendvp/model";
import type { Context } from "./context.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs what takes away again what it makes, also when a signal asks for its end: `work` is aborted and goes on until it has tidied
 * up. Then the program ends by that signal, as if it had not listened. `what` is named to whoever watches.
 * @throws what `work` throws, such as why something could not be taken away
 */
export async function tidyWhenInterrupted<T>(context: Context, what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  let received: NodeJS.Signals | undefined;
  const interrupted = (name: NodeJS.Signals): void => {
    // Ctrl-C comes twice where a program in between hands it on: a second one must not leave behind what the first takes away.
    if (received !== undefined) return;
    received = name;
    context.note(`Interrupted by ${name}: taking away ${what} …`);
    interruption.abort(new EngineError("CANCELED", `Interrupted by ${name}.`));
  };
  for (const name of SIGNALS) process.on(name, interrupted);
  try {
    return await work(interruption.signal);
  } catch (thrown) {
    if (thrown === interruption.signal.reason) context.note("Nothing of it is left.");
    else received = undefined;
    throw thrown;
  } finally {
    for (const name of SIGNALS) process.off(name, interrupted);
    // Whoever started the program sees what ended it.
    if (received !== undefined) process.kill(process.pid, received);
  }
}
