import type { Requester } from "../use-cases/asking.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { JobRequest } from "./job-request.ts";
import type { Facts } from "./workflow.ts";

/** Makes a job's request from what was asked. Called once more when the turn of a job comes that had to wait. */
export type MakeRequest<I extends object, F extends Facts> = (input: I, by: Requester) => Promise<Omit<JobRequest<F>, "operation">>;

/** What somebody asked: plain JSON. */
export interface Asked {
  /** e.g. `vdb.refresh` */
  readonly operation: string;
  readonly input: object;
  readonly by: Requester;
}

/** What can be asked for as a job, by operation, so that it can be asked for again after a restart. */
export class AskedOperations {
  readonly #operations = new Map<string, MakeRequest<object, Facts>>();
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Each operation once. */
  add<I extends object, F extends Facts>(operation: string, make: MakeRequest<I, F>): void {
    if (this.#operations.has(operation)) throw new Error(`There are two operations named ${operation}.`);
    // An operation gets back what its own asker put in, and its workflow what its own draft put there.
    this.#operations.set(operation, make as unknown as MakeRequest<object, Facts>);
  }

  /** @throws EngineError of the operation, where what is asked cannot be done */
  async request({ operation, input, by }: Asked): Promise<JobRequest<Facts>> {
    const make = this.#operations.get(operation);
    if (make === undefined) throw new Error(`Nobody knows the operation ${operation}.`);
    return { ...(await make(input, by)), operation };
  }

  /** As it may rest: the input may hold passwords. */
  seal(asked: Asked): string {
    return this.#secrets.seal(JSON.stringify(asked));
  }

  /** @throws EngineError `SECRET_UNREADABLE` */
  open(sealed: string): Asked {
    return JSON.parse(this.#secrets.open(sealed)) as Asked;
  }
}
