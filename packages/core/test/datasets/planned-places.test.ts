import { describe, expect, it } from "vitest";
import { PlannedPlaces, type TakenPlace } from "../../src/datasets/planned-places.ts";

const [ONE, OTHER] = ["APPDATA_CONTAINER-1", "APPDATA_CONTAINER-2"] as const;
const place = (mountPath: string) => ({ environment: "UNIX_HOST_ENVIRONMENT-1", mountPath }) as const;

describe("places that datasets are about to be mounted at", () => {
  it("are shown to whoever comes after, and to no dataset of its own, until they are forgotten", async () => {
    const places = new PlannedPlaces();
    const seenBy = async (container: TakenPlace["container"], mountPath: string): Promise<readonly string[]> => {
      let seen: readonly TakenPlace[] = [];
      await places.claim(container, [place(mountPath)], (others) => {
        seen = others;
        return Promise.resolve();
      });
      return seen.map((other) => other.mountPath);
    };
    expect(await seenBy(ONE, "/a")).toEqual([]);
    expect(await seenBy(ONE, "/b")).toEqual([]);
    expect(await seenBy(OTHER, "/c")).toEqual(["/b"]);
    places.forget(ONE);
    expect(await seenBy(OTHER, "/c")).toEqual([]);
  });

  it("of two that ask at once go to one, which the other sees; and a refusal keeps nothing and holds nobody up", async () => {
    const places = new PlannedPlaces();
    const claim = (container: TakenPlace["container"]) =>
      places.claim(container, [place("/a")], async (others) => {
        await Promise.resolve();
        if (others.length > 0) throw new Error("taken");
      });
    const outcomes = await Promise.allSettled([claim(ONE), claim(OTHER)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await expect(claim(OTHER)).rejects.toThrow("taken");
    places.forget(ONE);
    await claim(OTHER);
    await expect(claim(ONE)).rejects.toThrow("taken");
  });
});
