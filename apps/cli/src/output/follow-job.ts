import type { Job, JobEvent } from "@opendvp/contract";
import type { EngineError } from "@opendvp/model";
import type { Terminal } from "../terminal.ts";
import type { JobDisplay, JobProgress } from "./job-progress.ts";
import { liveDisplay } from "./live-display.ts";
import { plainDisplay } from "./plain-display.ts";

const SILENCE: JobProgress = { onJob: () => undefined, onEvent: () => undefined, close: () => undefined };

/** One line that changes on a terminal, plain lines elsewhere, nothing when quiet. Warnings and errors always stay. */
export function followJob(terminal: Terminal, show: { readonly job: Job; readonly isQuiet: boolean }): JobProgress {
  if (show.isQuiet) return SILENCE;
  return withoutLastError(terminal.isLive ? liveDisplay(terminal, show.job) : plainDisplay(terminal, show.job));
}

/** Errors wait for the end: the one that the job has failed with is told then, once and in full. */
function withoutLastError(display: JobDisplay): JobProgress {
  const waiting: JobEvent[] = [];
  return {
    onJob: (job) => {
      display.showState(job);
    },
    onEvent: (event) => {
      if (event.level === "ERROR") waiting.push(event);
      else display.showEvent(event);
    },
    close: (error) => {
      for (const event of waiting.splice(0)) if (!isSame(event, error)) display.showEvent(event);
      display.close();
    },
  };
}

function isSame({ code, message }: JobEvent, error: EngineError | undefined): boolean {
  return code === error?.code && message === error.message;
}
