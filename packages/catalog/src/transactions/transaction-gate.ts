import { EngineError } from "@opendvp/model";
import { explainFailure } from "../failures/explain-failure.ts";
import type { ClassifyFailure } from "../failures/store-failure.ts";
import type { Gate } from "./gate.ts";

/**
 * Holds a transaction to its word: nothing happens through it after its end, nothing is under way when it ends, and
 * one failed operation dooms it, also when the failure was caught. (PostgreSQL would not commit it either.)
 */
export class TransactionGate {
  readonly #classify: ClassifyFailure;
  #isOpen = true;
  #underWay = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(classify: ClassifyFailure) {
    this.#classify = classify;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  readonly pass: Gate = async (work, about) => {
    if (!this.#isOpen) throw misuse("A transaction of the catalog was used after its end.");
    // A doomed transaction answers with what doomed it: PostgreSQL by itself would tell that it is doomed, and nothing more.
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#underWay += 1;
    try {
      return await work();
    } catch (error) {
      const explained = explainFailure(error, this.#classify, about);
      this.#failure ??= { error: explained };
      throw explained;
    } finally {
      this.#underWay -= 1;
    }
  };

  /** Lets nothing through from now on. @throws what keeps the transaction from being committed */
  end(): void {
    this.#isOpen = false;
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#underWay > 0) throw misuse("A transaction of the catalog ended while its operations were still under way.");
  }

  /** Lets nothing through from now on. */
  abandon(): void {
    this.#isOpen = false;
  }
}

function misuse(message: string): EngineError {
  return new EngineError("INTERNAL", message, { action: "This is a defect of the engine: report it." });
}
