import { describe, expect, test } from "vitest";
import { parseOptions } from "../../quickstart/options.ts";

const ROOT = { uid: 0, username: "root", from: "/here" };
const DEVELOPER = { uid: 1000, username: "dev", from: "/here" };

describe("the options of the tour", () => {
  test("have defaults", () => {
    expect(parseOptions([], ROOT)).toEqual({
      source: undefined,
      isPostgres: false,
      scale: 75,
      user: "opendvp",
      isKept: false,
      isReplacing: false,
      isJson: false,
      directory: "/var/tmp/opendvp-quickstart",
      isHelp: false,
    });
  });

  test("choose a PostgreSQL instead of a directory, and how much it holds", () => {
    expect(parseOptions(["--postgres", "--scale", "3"], ROOT)).toMatchObject({ isPostgres: true, scale: 3 });
    expect(() => parseOptions(["--postgres", "--source", "/srv"], ROOT)).toThrow(/leave --source out/);
    expect(() => parseOptions(["--postgres", "--scale", "much"], ROOT)).toThrow(/--scale: much/);
  });

  test("that are not there are refused by name, with a word on where all are shown", () => {
    expect(() => parseOptions(["--bogus"], ROOT)).toThrow(/'--bogus'.*quickstart --help/);
    expect(() => parseOptions(["--source"], ROOT)).toThrow(/--source.*quickstart --help/);
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
