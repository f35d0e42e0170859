import type { Terminal } from "../terminal.ts";
import { fitColumns } from "./fit-columns.ts";

const CLEAR_LINE = "\r\u001B[2K";

/** One line that is written over as something goes on. */
export interface ProgressLine {
  show(text: string): void;
  /** Takes the line away. */
  close(): void;
}

/** On a terminal a line that changes, elsewhere its first text only, nothing when quiet. */
export function progressLine(terminal: Terminal, isQuiet: boolean): ProgressLine {
  let isBegun = false;
  return {
    show: (text) => {
      if (isQuiet || (isBegun && !terminal.isLive)) return;
      isBegun = true;
      terminal.err(terminal.isLive ? `${CLEAR_LINE}${fitColumns(text, terminal.width - 1)}` : `${text}\n`);
    },
    close: () => {
      if (isBegun && terminal.isLive) terminal.err(CLEAR_LINE);
    },
  };
}
