import { describe, expect, test } from "vitest";
import { parseOptions } from "../../quickstart/options.ts";

const ROOT = { uid: 0, username: "root", from: "/here" };
const DEVELOPER = { uid: 1000, username: "dev", from: "/here" };

describe("the options of the tour", () => {
  test("have defaults", () => {
    expect(parseOptions([], ROOT)).toEqual({
      source: undefined,
      user: "opendvp",
      isKept: false,
      isReplacing: false,
      isJson: false,
      directory: "/var/tmp/opendvp-quickstart",
      isHelp: false,
    });
  });

  test("give every user a directory of their own", () => {
    expect(parseOptions([], DEVELOPER)).toMatchObject({ user: "dev", directory: "/var/tmp/opendvp-quickstart-1000" });
  });

  test("are taken from the command line", () => {
    expect(parseOptions(["--source", "/srv", "--keep", "--json", "--directory", "/mnt/x", "--user", "root"], ROOT)).toMatchObject({
      source: "/srv",
      isKept: true,
      isJson: true,
      directory: "/mnt/x",
      user: "root",
    });
  });

  test("may be paths from where the caller stands", () => {
    expect(parseOptions(["--source", "tree", "--directory", "../x"], ROOT)).toMatchObject({ source: "/here/tree", directory: "/x" });
  });

  test("that are unknown are refused by name", () => {
    expect(() => parseOptions(["--sauce", "/srv"], ROOT)).toThrow("--sauce");
  });
});
