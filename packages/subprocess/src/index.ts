export type { ProcessExit, ProcessInput, ProcessRequest, ProcessResult, ProcessUser, RunningProcess } from "./process-request.ts";
export { runProcess, startProgramsApart } from "./run-process.ts";
export { startProcess } from "./start-process.ts";
export { listProcesses, type ProcessLine } from "./list-processes.ts";
export { endMarked, findMarked } from "./find-marked.ts";
export { endUsersOf, findUsersOf } from "./find-users-of.ts";
export { endWithDescendants } from "./end-with-descendants.ts";
export { type Daemon, type DaemonRequest, startDaemon } from "./start-daemon.ts";
export { runAttached } from "./run-attached.ts";
