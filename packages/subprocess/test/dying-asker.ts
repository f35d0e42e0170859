import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runProcess, startProgramsApart } from "../src/index.ts";

// Has a program started apart, and is killed before its starter has read the request. Argument: the file that the program makes.
const [file = ""] = process.argv.slice(2);

startProgramsApart({
  file: fileURLToPath(new URL("../src/starter/main.ts", import.meta.url)),
  execArgv: ["--import", createRequire(import.meta.url).resolve("tsx/esm"), "--conditions=source"],
});
const starter = Number((await runProcess({ file: "sh", args: ["-c", "echo $PPID"] })).stdout);
process.stdout.write(`${String(starter)}\n`);
process.kill(starter, "SIGSTOP");
void runProcess({ file: "touch", args: [file] });
// Only once the request is in the pipe.
setTimeout(() => {
  process.kill(process.pid, "SIGKILL");
}, 100);
