import type { Job } from "@opendvp/contract";
import type { Terminal } from "../terminal.ts";
import { formatClock } from "./format-time.ts";
import { jobEventLine } from "./job-event-line.ts";
import type { JobDisplay } from "./job-progress.ts";
import { jobState } from "./job-state.ts";

const STATE_EVERY_MS = 10_000;

/** A line for each event, and now and then one for the state, if that has changed: a short job needs none. */
export function plainDisplay(terminal: Terminal, first: Job): JobDisplay {
  let [state, shown] = [jobState(first, Infinity), ""];
  const timer = setInterval(() => {
    if (state === shown) return;
    shown = state;
    terminal.err(`${formatClock(new Date().toISOString())}  ${state}\n`);
  }, STATE_EVERY_MS);
  return {
    showState: (job) => {
      state = jobState(job, Infinity);
    },
    showEvent: (event) => {
      terminal.err(`${jobEventLine(event)}\n`);
    },
    close: () => {
      clearInterval(timer);
    },
  };
}
