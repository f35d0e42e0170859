import type { Job, JobEvent } from "@opendvp/contract";
import type { Terminal } from "../terminal.ts";
import { formatClock } from "./format-time.ts";

/** Shows how a job goes. */
export interface JobProgress {
  readonly onJob: (job: Job) => void;
  readonly onEvent: (event: JobEvent) => void;
  close(): void;
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
const CLEAR_LINE = "\r\u001B[2K";

/** One line that changes on a terminal, plain lines elsewhere, nothing when quiet. Warnings and errors always stay. */
export function followJob(terminal: Terminal, show: { readonly job: Job; readonly isQuiet: boolean }): JobProgress {
  if (show.isQuiet) return { onJob: () => undefined, onEvent: () => undefined, close: () => undefined };
  return terminal.isLive ? liveProgress(terminal, show.job) : plainProgress(terminal);
}

function plainProgress(terminal: Terminal): JobProgress {
  return {
    onJob: () => undefined,
    onEvent: (event) => {
      terminal.err(`${lineOf(event)}\n`);
    },
    close: () => undefined,
  };
}

function liveProgress(terminal: Terminal, first: Job): JobProgress {
  let [job, message, frame] = [first, "", 0];
  const draw = (): void => {
    const state = job.status === "PENDING" ? "waits for its turn" : `${job.percent_complete} %${job.is_undoing ? ", taking back" : ""}`;
    const text = `${FRAMES[frame++ % FRAMES.length] ?? ""} ${job.localized_type}  ${state}  ${message}`;
    terminal.err(CLEAR_LINE + text.slice(0, Math.max(20, terminal.width - 1)));
  };
  const timer = setInterval(draw, FRAME_MS);
  draw();
  return {
    onJob: (now) => {
      job = now;
    },
    onEvent: (event) => {
      message = event.message;
      if (event.level !== "INFO") terminal.err(`${CLEAR_LINE}${lineOf(event)}\n`);
    },
    close: () => {
      clearInterval(timer);
      terminal.err(CLEAR_LINE);
    },
  };
}

/** An event as a line. */
export function lineOf(event: JobEvent): string {
  const level = event.level === "INFO" ? "" : `${event.level}: `;
  const action = event.action === "" ? "" : ` ${event.action}`;
  return `${formatClock(event.timestamp)}  ${level}${event.message}${action}`;
}
