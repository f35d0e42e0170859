import type { Pool } from "@opendvp/core";
import type { Reference } from "@opendvp/model";
import { step, type Step } from "../../src/jobs/workflow.ts";
import type { Outside } from "./outside.ts";

/** Toy facts: whatever the steps of a test give. */
export type ToyFacts = Readonly<Record<string, unknown>>;

/** What a toy step has chosen before it makes anything. */
export interface Made {
  readonly pool: Reference<"STORAGE_POOL">;
  readonly thing: string;
}

/** Makes a thing outside and a pool of the same name in the catalog, under a name that its intent chose. Undo: neither. */
export function makes(outside: Outside, name: string, more: Partial<Step<ToyFacts, Made>> = {}): Step<ToyFacts> {
  return step<ToyFacts, Made>({
    name,
    intend: async (_facts, choose, key) => {
      const pool = await choose.reference("STORAGE_POOL");
      return { pool, thing: `${name}${key === "" ? "" : `/${key}`}:${choose.storageName(pool)}` };
    },
    run: ({ own, mark }) => {
      outside.start(mark);
      outside.make(own.thing);
      return Promise.resolve({ facts: { [name]: own.thing }, changes: [{ collection: "pools", insert: poolOf(own) }] });
    },
    undo: ({ own }) => {
      outside.remove(own.thing);
      return Promise.resolve({ changes: [{ collection: "pools", remove: own.pool }] });
    },
    ...more,
  });
}

/** A step that only leaves a line in the story. */
export function says(outside: Outside, name: string, more: Partial<Step<ToyFacts>> = {}): Step<ToyFacts> {
  return step<ToyFacts>({
    name,
    run: () => {
      outside.story.push(name);
      return Promise.resolve(undefined);
    },
    undo: () => {
      outside.story.push(`un-${name}`);
      return Promise.resolve(undefined);
    },
    ...more,
  });
}

export function poolOf({ pool, thing }: Made): Pool {
  return { reference: pool, name: thing, driver: "toy", location: "/", createdAt: "2026-01-02T03:04:05.678Z" };
}
