import { expect, test } from "vitest";
import { parseOptions } from "../../src/configuration/engine-options.ts";

test("takes a pool down by force only where it is to be taken down at all", () => {
  expect(parseOptions(["--data-dir", "/data", "--unmount", "--force"])).toEqual({ dataDirectory: "/data", takeDown: { isForced: true } });
  expect(() => parseOptions(["--data-dir", "/data", "--force"])).toThrow("--force goes with --unmount.");
});
