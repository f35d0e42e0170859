import type { JsonObject } from "@opendvp/model";
import type { Job, JobStep } from "../entities/job.ts";
import type { Facts } from "./workflow.ts";

/** The journal of one running job, as its runner sees it: a copy of what is committed. */
export class JournalLines {
  readonly #lines = new Map<string, JobStep>();
  readonly #input: JsonObject;

  constructor(job: Job, lines: readonly JobStep[]) {
    this.#input = job.input;
    for (const line of lines) this.put(line);
  }

  put(line: JobStep): void {
    this.#lines.set(`${line.position}/${line.key}`, line);
  }

  at(position: number, key = ""): JobStep | undefined {
    return this.#lines.get(`${position}/${key}`);
  }

  /** In the order in which they were begun. */
  all(): readonly JobStep[] {
    return [...this.#lines.values()].sort((a, b) => a.position - b.position || a.ordinal - b.ordinal);
  }

  /** The line that is under way, if any. */
  current(): JobStep | undefined {
    return this.all().find((line) => line.state === "INTENDED" || line.state === "UNDOING");
  }

  /** The line under way, or between undoing an attempt and beginning it again, the last one. */
  latest(): JobStep | undefined {
    return this.current() ?? this.all().at(-1);
  }

  /** What undoing still has to do, last begun first. */
  undoable(from = 0, to = Number.MAX_SAFE_INTEGER): readonly JobStep[] {
    return this.all()
      .filter((line) => line.position >= from && line.position < to)
      .filter((line) => line.state === "INTENDED" || line.state === "DONE" || line.state === "UNDOING")
      .reverse();
  }

  /** The job's input and what its finished steps gave, the later over the earlier. */
  facts(): Facts {
    return this.#gather((line) => line.state === "DONE" || line.state === "UNDOING");
  }

  /** Likewise, with what undone steps had given. */
  allFacts(): Facts {
    return this.#gather(() => true);
  }

  #gather(counts: (line: JobStep) => boolean): Facts {
    const facts: Record<string, unknown> = { ...this.#input };
    for (const line of this.all()) {
      if (line.result !== null && counts(line)) Object.assign(facts, line.result);
    }
    return facts;
  }

  copy(job: Job): JournalLines {
    return new JournalLines(job, this.all());
  }
}
