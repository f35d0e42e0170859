import type { Job, JobEvent } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { columnsOf } from "../../src/output/fit-columns.ts";
import { followJob } from "../../src/output/follow-job.ts";
import type { JobProgress } from "../../src/output/job-progress.ts";
import { jobState } from "../../src/output/job-state.ts";
import type { Terminal } from "../../src/terminal.ts";

const AT = "2026-11-21T13:00:00.000Z";

const JOB: Job = {
  id: "JOB-1",
  status: "STARTED",
  type: "provision",
  localized_type: "Provision mycopy",
  target_id: "APPDATA_CONTAINER-2",
  target_name: "mycopy",
  percent_complete: 60,
  step: "configure",
  is_undoing: false,
  is_cancel_requested: false,
  is_unfinished: false,
  error_details: null,
  error: null,
  warning_count: 0,
  queue_time: AT,
  start_time: AT,
  end_time: null,
  action_id: "ACTION-1",
};

function event(given: Partial<JobEvent>): JobEvent {
  return { job_id: "JOB-1", serial: 1, level: "INFO", code: "STEP", message: "", action: "", timestamp: AT, ...given };
}

const TAKEN = event({ level: "ERROR", code: "PLUGIN_USER_ERROR", message: "The port is taken.", action: "Choose another." });

describe("following a job", () => {
  let shown: string[] = [];
  beforeEach(() => {
    shown = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function follow(screen: Pick<Terminal, "isLive" | "width">, job: Job = JOB): JobProgress {
    const nobody = { env: {}, out: () => undefined, stdin: process.stdin, isInteractive: false };
    return followJob({ ...nobody, ...screen, err: (text) => void shown.push(text) }, { job, isQuiet: false });
  }
  /** What stands on the changing line, each time it is drawn. */
  const drawn = (): string[] => shown.map((text) => text.replace("\r\u001B[2K", ""));

  it.each([
    [{}, "Provision mycopy: configure 60 %"],
    [{ step: null, percent_complete: 0 }, "Provision mycopy 0 %"],
    [{ status: "PENDING", step: null }, "Provision mycopy: waits for its turn"],
    [{ is_undoing: true }, "Provision mycopy: undoing configure 60 %"],
    [{ is_undoing: true, step: null }, "Provision mycopy: undoing 60 %"],
  ] as const)("says of a job with %j: %s", (change, expected) => {
    expect(jobState({ ...JOB, ...change }, 79)).toBe(expected);
  });

  it.each([
    [40, "A copy of the payroll database for testing", "configure", "A copy of the payrol…: configure 60 %"],
    [40, "給与データベースの仮想コピーを作成する", "configure", "給与データベースの仮…: configure 60 %"],
    [30, "Provision mycopy", "the very first snapshot", "Provision m…: the ver… 60 %"],
    [40, "Provision two\u001B[31m\nlines", "mount", "Provision two?[31m?lines: mount 60 %"],
  ])("fits into a terminal of %i columns and never wraps: %s, %s", (...given) => {
    const [width, localized_type, step, expected] = given;
    follow({ isLive: true, width }, { ...JOB, localized_type, step }).close();
    const [line = ""] = drawn();
    expect(line.slice(2)).toBe(expected);
    expect(columnsOf(line)).toBeLessThan(width);
  });

  it("puts what was said last behind it, where there is room, and draws it anew", () => {
    const progress = follow({ isLive: true, width: 60 });
    progress.onEvent(event({ message: "Copied 1,200 of 3,000 files from the source" }));
    progress.onJob({ ...JOB, percent_complete: 70, step: "mount" });
    vi.advanceTimersByTime(100);
    progress.close();
    expect(drawn()).toEqual(["⠋ Provision mycopy: configure 60 %", "⠙ Provision mycopy: mount 70 %  Copied 1,200 of 3,000 file…", ""]);
  });

  it("keeps warnings on the screen above it", () => {
    const progress = follow({ isLive: true, width: 80 });
    progress.onEvent(event({ level: "WARNING", message: "The hook is slow.", action: "Look at it." }));
    progress.close();
    expect(drawn()[1]).toMatch(/^\d\d:00:00 {2}WARNING: The hook is slow\. Look at it\.\n$/);
  });

  it.each([true, false])("leaves the error that the job failed with to whoever prints it; on a screen: %s", (isLive) => {
    const progress = follow({ isLive, width: 80 });
    progress.onEvent(TAKEN);
    progress.onEvent(event({ serial: 2, level: "ERROR", code: "UNDO_FAILED", message: "What it had begun could not be undone." }));
    progress.close(new EngineError("PLUGIN_USER_ERROR", "The port is taken.", { action: "Choose another." }));
    expect(shown.join("")).not.toContain("The port is taken");
    expect(shown.join("")).toContain("ERROR: What it had begun could not be undone.");
  });

  it("shows every error when nobody prints the job's own", () => {
    const progress = follow({ isLive: false, width: 80 });
    progress.onEvent(TAKEN);
    progress.close();
    expect(shown.join("")).toMatch(/ERROR: The port is taken\. Choose another\.\n$/);
  });

  it("tells now and then what a long job is at, in plain lines, and only when that has changed", () => {
    const progress = follow({ isLive: false, width: 80 });
    vi.advanceTimersByTime(9_999);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(20_001);
    progress.onJob({ ...JOB, percent_complete: 80, step: "mount" });
    vi.advanceTimersByTime(10_000);
    progress.close();
    vi.advanceTimersByTime(60_000);
    expect(shown.map((line) => line.slice(8))).toEqual(["  Provision mycopy: configure 60 %\n", "  Provision mycopy: mount 80 %\n"]);
  });
});
