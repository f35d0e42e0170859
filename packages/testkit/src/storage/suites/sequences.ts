import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StorageHarness } from "../storage-harness.ts";
import { usePool, type OpenPool } from "./open-pool.ts";

const FILE = "file";

type Step = { readonly do: "create" | "snapshot" | "clone" | "write" | "delete" | "relabel"; readonly pick: number };

interface Modelled {
  readonly kind: "DATASET" | "SNAPSHOT";
  readonly parent: string | null;
  text: string;
  label: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ do: fc.constantFrom<Step["do"][]>("create", "snapshot", "clone", "write", "delete", "relabel"), pick: fc.nat(1000) }),
  { minLength: 5, maxLength: 25 },
);

export function testSequences(harness: StorageHarness): void {
  describe("any sequence of calls", () => {
    const pool = usePool(harness);

    it("leaves what a model of it says", async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const model = new Map<string, Modelled>();
          for (const step of sequence) await perform(pool(), model, step);
          await compare(pool(), model);
          for (const [name, { kind }] of model) await remove(pool(), name, kind);
          expect(await pool().driver.list()).toEqual([]);
        }),
        { numRuns: harness.showsSnapshots ? 12 : 6, endOnFailure: true },
      );
    }, 120_000);
  });
}

async function perform(pool: OpenPool, model: Map<string, Modelled>, step: Step): Promise<void> {
  const name = pool.name();
  const labels = { label: step.pick };
  const dataset = pickOne(model, "DATASET", step.pick);
  const snapshot = pickOne(model, "SNAPSHOT", step.pick);
  const any = pickOne(model, step.pick % 2 === 0 ? "DATASET" : "SNAPSHOT", step.pick);
  if (step.do === "create") {
    await pool.driver.createDataset({ name, labels });
    await pool.write(name, FILE, "");
    model.set(name, { kind: "DATASET", parent: null, text: "", label: step.pick });
  } else if (step.do === "snapshot" && dataset !== undefined) {
    await pool.driver.snapshot({ dataset: dataset.name, name, labels });
    model.set(name, { kind: "SNAPSHOT", parent: dataset.name, text: dataset.state.text, label: step.pick });
  } else if (step.do === "clone" && snapshot !== undefined) {
    await pool.driver.clone({ snapshot: snapshot.name, name, labels });
    model.set(name, { kind: "DATASET", parent: snapshot.name, text: snapshot.state.text, label: step.pick });
  } else if (step.do === "write" && dataset !== undefined) {
    dataset.state.text = `${dataset.state.text}${step.pick};`;
    await pool.write(dataset.name, FILE, dataset.state.text);
  } else if (step.do === "delete" && any !== undefined) {
    await remove(pool, any.name, any.state.kind);
    model.delete(any.name);
  } else if (step.do === "relabel" && any !== undefined) {
    await pool.driver.setLabels(any.name, labels);
    any.state.label = step.pick;
  }
}

async function compare(pool: OpenPool, model: ReadonlyMap<string, Modelled>): Promise<void> {
  const expected = [...model].map(([name, { kind, parent, label }]) => ({ name, kind, parent, labels: { label } }));
  const listed = await (await pool.reopen()).list();
  expect(new Set(listed)).toEqual(new Set(expected));
  for (const [name, { kind, text }] of model) expect(await pool.read(name, kind, FILE)).toBe(text);
  expect(await pool.driver.strangers()).toEqual([]);
}

function pickOne(
  model: ReadonlyMap<string, Modelled>,
  kind: Modelled["kind"],
  pick: number,
): { readonly name: string; readonly state: Modelled } | undefined {
  const fitting = [...model].filter(([, state]) => state.kind === kind);
  const found = fitting[pick % Math.max(1, fitting.length)];
  return found === undefined ? undefined : { name: found[0], state: found[1] };
}

async function remove(pool: OpenPool, name: string, kind: Modelled["kind"]): Promise<void> {
  await (kind === "DATASET" ? pool.driver.deleteDataset(name) : pool.driver.deleteSnapshot(name));
}
