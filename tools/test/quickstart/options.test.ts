import { describe, expect, test } from "vitest";
import { parseOptions } from "../../quickstart/options.ts";

describe("the options of the tour", () => {
  test("have defaults", () => {
    expect(parseOptions([], 0)).toEqual({
      source: undefined,
      isKept: false,
      isJson: false,
      directory: "/var/tmp/opendvp-quickstart",
      isHelp: false,
    });
  });

  test("give every user a directory of their own", () => {
    expect(parseOptions([], 1000).directory).toBe("/var/tmp/opendvp-quickstart-1000");
  });

  test("are taken from the command line", () => {
    expect(parseOptions(["--source", "/srv", "--keep", "--json", "--directory", "/mnt/x"], 0)).toMatchObject({
      source: "/srv",
      isKept: true,
      isJson: true,
      directory: "/mnt/x",
    });
  });

  test("that are unknown are refused by name", () => {
    expect(() => parseOptions(["--sauce", "/srv"], 0)).toThrow("--sauce");
  });
});
