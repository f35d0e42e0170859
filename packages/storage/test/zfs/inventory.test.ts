import { describe, expect, it } from "vitest";
import { Inventory, parseInventory } from "../../src/zfs/inventory.ts";
import { cleaningCommands } from "../../src/zfs/clean-up.ts";
import { ZfsLayout } from "../../src/zfs/zfs-layout.ts";

const LAYOUT = new ZfsLayout("tank/dvp", "/tank/dvp");

function dataset(name: string, { origin = "-", holder = "-" } = {}): string {
  const property = JSON.stringify({ name, kind: "DATASET", parent: null });
  return [`tank/dvp/datasets/${name}`, origin, "yes", "128K", "-", property, holder].join("\t");
}

function snapshot(of: string, name: string, { isDeferred = false } = {}): string {
  const property = JSON.stringify({ name, kind: "SNAPSHOT", parent: "d" });
  return [`tank/dvp/datasets/${of}@${name}`, "-", "-", "-", isDeferred ? "on" : "off", property, "-"].join("\t");
}

const inventoryOf = (...lines: readonly string[]): Inventory => new Inventory(LAYOUT, parseInventory(lines.join("\n")));

describe("an inventory", () => {
  it("counts a property only for its own bearer, since snapshots and children inherit it", () => {
    const inherited = dataset("d").replace("datasets/d\t", "datasets/d/child\t");
    const byHand = dataset("d").replace("datasets/d\t", "datasets/d@nightly\t");
    const inventory = inventoryOf(dataset("d"), byHand, inherited);
    expect(inventory.datasets.map(({ object }) => object?.name)).toEqual(["d", undefined]);
    expect(inventory.snapshots.map(({ object }) => object)).toEqual([undefined]);
  });

  it("finds a snapshot wherever it is, but not a deleted one, nor the holder of its dataset", () => {
    const inventory = inventoryOf(
      dataset("d", { holder: "d" }),
      dataset("c"),
      snapshot("c", "s"),
      snapshot("c", "gone", { isDeferred: true }),
    );
    expect(inventory.find("s")).toMatchObject({ parent: "d" });
    expect([inventory.find("gone"), inventory.find("d")]).toEqual([undefined, undefined]);
    expect(inventory.holder("d")?.handle).toBe("tank/dvp/datasets/d");
  });

  it("leaves out lines that are no line of a listing", () => {
    expect(parseInventory(["", "half a value", `${dataset("d")}\tmore`].join("\n"))).toEqual([]);
  });
});

describe("what cleaning up does", () => {
  const commandsOf = (...lines: readonly string[]): readonly (readonly string[])[] =>
    cleaningCommands(inventoryOf(...lines), inventoryOf(...lines));

  it("destroys a holder without snapshots", () => {
    expect(commandsOf(dataset("d", { holder: "d" }))).toEqual([["destroy", "tank/dvp/datasets/d"]]);
  });

  it("promotes the copy of a holder's latest snapshot", () => {
    const copy = dataset("c", { origin: "tank/dvp/datasets/d@s2" });
    const commands = commandsOf(dataset("d", { holder: "d" }), snapshot("d", "s1"), snapshot("d", "s2"), copy);
    expect(commands).toEqual([["promote", "tank/dvp/datasets/c"]]);
  });

  it("leaves a holder whose latest snapshot nobody else holds, and whatever is in use", () => {
    const copy = dataset("c", { origin: "tank/dvp/datasets/d@s1" });
    expect(commandsOf(dataset("d", { holder: "d" }), snapshot("d", "s1"), snapshot("d", "s2"), copy)).toEqual([]);
    expect(commandsOf(dataset("d"), snapshot("d", "s1"), copy)).toEqual([]);
  });

  it("rolls a holder back where another snapshot is its latest than before, or where nobody knows", () => {
    const [holder, one, two] = [dataset("d", { holder: "d" }), snapshot("d", "s1"), snapshot("d", "s2")];
    for (const before of [inventoryOf(holder, one, two), undefined])
      expect(cleaningCommands(inventoryOf(holder, one), before)).toEqual([["rollback", "tank/dvp/datasets/d@s1"]]);
  });
});
