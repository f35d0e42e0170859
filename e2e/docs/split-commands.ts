import { spawnSync } from "node:child_process";

/** The commands of a script, each as it stands there: those of several lines whole. @throws Error where there is none, or the last one is cut off */
export function splitCommands(script: string): readonly string[] {
  const commands: string[] = [];
  let open = "";
  for (const line of script.split("\n").slice(0, -1)) {
    if (open === "" && line.trim() === "") continue;
    open += `${line}\n`;
    if (!isWhole(open)) continue;
    commands.push(open);
    open = "";
  }
  if (open !== "" || commands.length === 0) throw new Error(`This is no whole command:\n${open}`);
  return commands;
}

/** Whether bash would run it at once, instead of waiting for more lines. */
function isWhole(text: string): boolean {
  if (text.endsWith("\\\n") || text.split("\n").every((line) => line === "" || line.startsWith("#"))) return false;
  const { status, stderr } = spawnSync("bash", ["-n", "-c", text], { encoding: "utf8" });
  // A here-document without its end is only a warning.
  return status === 0 && stderr === "";
}
