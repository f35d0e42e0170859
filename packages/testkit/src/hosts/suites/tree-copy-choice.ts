import type { HostConnection } from "@opendvp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostHarness } from "../host-harness.ts";
import { bashIn, makeTreePlaces, type TreePlaces } from "../tree-places.ts";

/** What is left out, and what is followed. */
export function testTreeCopyChoice(harness: HostHarness): void {
  const { user } = harness;

  describe("copyTree with exclusions and followed links", () => {
    let places: TreePlaces;
    let connection: HostConnection;
    beforeEach(async () => {
      places = await makeTreePlaces();
      connection = await harness.connect();
    });
    afterEach(() => places.dispose());

    /** The names in the target, sorted; a link with where it leads. */
    const names = async (): Promise<string[]> =>
      (await bashIn(places.target, "find . -mindepth 1 -printf '%P %l\\n'"))
        .trim()
        .split("\n")
        .map((line) => line.trim())
        .sort();

    it("leaves out patterns, relative paths and whole paths, and removes them where they were", async () => {
      await places.change("mkdir -p logs sub/logs keep; touch a.bak sub/b.bak .hidden logs/x sub/logs/y keep/z '[odd] name'");
      await places.copy(connection, { user });
      const excludePaths = ["*.bak", ".*", `${places.source}/sub/logs`, "/logs", "\\[odd] name", ""];
      await places.copy(connection, { user, excludePaths });
      expect(await names()).toEqual(["keep", "keep/z", "sub"]);
    });

    it("copies a followed link to a directory as the directory, and goes on following it", async () => {
      await places.change(
        "mkdir -p ../far/in other; echo one > ../far/in/x; echo bak > ../far/x.bak; ln -s ../far link; ln -s ../far other/link",
      );
      await places.copy(connection, { user, symLinksToFollow: ["link"], excludePaths: ["*.bak", "/link/none"] });
      expect(await names()).toEqual(["link", "link/in", "link/in/x", "other", "other/link ../far"]);
      await places.change("echo changed > ../far/in/x; touch ../far/new");
      await places.copy(connection, { user, symLinksToFollow: [`${places.source}/link/`, "other"], excludePaths: ["/link/in/x"] });
      expect(await names()).toEqual(["link", "link/in", "link/new", "link/x.bak", "other", "other/link ../far"]);
    });

    it("copies a followed link to a file as the file", async () => {
      await places.change("echo far > ../far; mkdir d; ln -s ../../far 'd/[l]*'; ln -s ../far plain");
      const choice = { user, symLinksToFollow: ["d/[l]*"] };
      await places.copy(connection, choice);
      await places.change("echo FAR > ../far");
      await places.copy(connection, choice);
      expect(await names()).toEqual(["d", "d/[l]*", "plain ../far"]);
      expect(await bashIn(places.target, "cat d/*")).toBe("FAR\n");
    });

    it("follows links within followed links, deeper ones too", async () => {
      await places.change("mkdir -p ../one/two ../three; echo deep > ../three/f; ln -s ../one a; ln -s ../../three ../one/two/b");
      await places.copy(connection, { user, symLinksToFollow: ["a", "a/two/b"] });
      expect(await names()).toEqual(["a", "a/two", "a/two/b", "a/two/b/f"]);
    });

    it("makes a link a directory and back, without ever writing to where it led", async () => {
      await places.change("mkdir ../far; echo far > ../far/f; ln -s ../far l");
      await places.copy(connection, { user });
      await places.copy(connection, { user, symLinksToFollow: ["l"] });
      expect(await names()).toEqual(["l", "l/f"]);
      await places.copy(connection, { user });
      expect(await names()).toEqual(["l ../far"]);
      expect(await bashIn(places.directory, "ls far")).toBe("f\n");
    });

    it("refuses links outside of the source, behind other links, and to nothing", async () => {
      await places.change("mkdir ../far; ln -s ../far l; ln -s /etc ../far/etc; ln -s nowhere gone");
      const follow = (link: string) => places.copy(connection, { user, symLinksToFollow: [link] });
      for (const link of ["../far", "/etc", "", "a/../../x", "."])
        await expect(follow(link)).rejects.toMatchObject({ code: "PATH_INVALID" });
      await expect(follow("l/etc")).rejects.toMatchObject({ code: "PATH_INVALID", message: expect.stringContaining("behind") as string });
      await expect(follow("gone")).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
      await expect(follow("absent")).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
    });
  });
}
