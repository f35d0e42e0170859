import { appendFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "@opendvp/plugin-sdk";
import { attempts, hostile } from "../support/hostile-plugin.ts";

/** Every place that it could harm somebody from. */
export const plugin = hostile(({ engineFiles = [], enginePid = 1 }) => {
  const places = [
    ...engineFiles,
    fileURLToPath(import.meta.url),
    process.execPath,
    process.argv[1] ?? "",
    "/etc/passwd",
    "/opendvp/file",
    "/usr/file",
    "/dev/file",
    "/file",
    `/proc/${enginePid}/oom_score_adj`,
    "/proc/1/oom_score_adj",
    "/proc/sys/kernel/core_pattern",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
  ];
  const tried = places.flatMap((place) => [
    [`append to ${place}`, () => appendFileSync(place, "x")] as const,
    [`remove ${place}`, () => rmSync(place)] as const,
    [`rename ${place}`, () => renameSync(place, `${place}.away`)] as const,
  ]);
  throw new UserError("what I could do", "", JSON.stringify(attempts(Object.fromEntries(tried))));
});
