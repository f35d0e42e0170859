import type { Job } from "@opendvp/contract";
import type { Terminal } from "../terminal.ts";
import { columnsOf, fitColumns } from "./fit-columns.ts";
import { jobEventLine } from "./job-event-line.ts";
import type { JobDisplay } from "./job-progress.ts";
import { jobState } from "./job-state.ts";
import { printable } from "./printable.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
const CLEAR_LINE = "\r\u001B[2K";
/** What is said last is not worth fewer. */
const LEAST_MESSAGE_COLUMNS = 10;

/** One line that is written over, with a sign that it lives. It never fills the last column, where some terminals wrap. */
export function liveDisplay(terminal: Terminal, first: Job): JobDisplay {
  let [job, message, frame] = [first, "", 0];
  const draw = (): void => {
    const text = withMessage(jobState(job, terminal.width - 3), message, terminal.width - 3);
    terminal.err(`${CLEAR_LINE}${FRAMES[frame++ % FRAMES.length] ?? ""} ${text}`);
  };
  const timer = setInterval(draw, FRAME_MS);
  draw();
  return {
    showState: (now) => {
      job = now;
    },
    showEvent: (event) => {
      message = event.level === "INFO" ? event.message : "";
      if (event.level !== "INFO") terminal.err(`${CLEAR_LINE}${jobEventLine(event)}\n`);
    },
    close: () => {
      clearInterval(timer);
      terminal.err(CLEAR_LINE);
    },
  };
}

function withMessage(state: string, message: string, columns: number): string {
  const left = columns - columnsOf(state) - 2;
  return message === "" || left < LEAST_MESSAGE_COLUMNS ? state : `${state}  ${fitColumns(printable(message), left)}`;
}
