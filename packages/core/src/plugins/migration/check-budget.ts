import { EngineError } from "@opendvp/model";
import type { PluginRelease } from "../../entities/plugin.ts";
import type { Clock } from "../../ports/clock.ts";

const LIMIT_MS = 30_000;

/** An honest check takes a tenth of a millisecond. As long as this nobody minds: between any two, others run. */
const FREE_MS = 10;

/** The time that the slow checks of one upgrade may take together. The engine does nothing else during each. */
export class CheckBudget {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #release: PluginRelease;
  #spentMs = 0;

  constructor(clock: Pick<Clock, "monotonicMs">, release: PluginRelease) {
    this.#clock = clock;
    this.#release = release;
  }

  get isSpent(): boolean {
    return this.#spentMs >= LIMIT_MS;
  }

  /** @throws EngineError `PLUGIN_LIMIT` once it is spent; the check is not begun then */
  spend<T>(check: () => T): T {
    if (this.isSpent) throw this.error();
    const beganAt = this.#clock.monotonicMs();
    try {
      return check();
    } finally {
      this.#spentMs += Math.max(0, this.#clock.monotonicMs() - beganAt - FREE_MS);
    }
  }

  /** Why what is left cannot be checked. */
  error(): EngineError {
    const { prettyName, buildNumber } = this.#release;
    return new EngineError(
      "PLUGIN_LIMIT",
      `Objects cannot be checked against the schemas of ${prettyName} ${buildNumber}: all together take longer than ${LIMIT_MS / 1000} s.`,
      {
        action: "Nothing was upgraded. Simplify the patterns, branches and references of those schemas.",
        details: { limit: "schema checks", limitMs: LIMIT_MS },
      },
    );
  }
}
