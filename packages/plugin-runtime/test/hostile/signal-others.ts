import { UserError } from "@opendvp/plugin-sdk";
import { attempts, hostile } from "../support/hostile-plugin.ts";

/** The engine, another plugin's process, the first process of its namespace, and all at once. */
export const plugin = hostile(({ enginePid = 1, otherPid = 1 }) => {
  const pids = [enginePid, -enginePid, otherPid, 1, process.ppid];
  const tried = pids.flatMap((pid) =>
    (["SIGKILL", "SIGSTOP"] as const).map((signal) => [`${signal} to ${pid}`, () => process.kill(pid, signal)] as const),
  );
  const done = attempts(Object.fromEntries(tried));
  attempts({ all: () => process.kill(-1, "SIGKILL") });
  throw new UserError("what I could do", "", JSON.stringify(done));
});
