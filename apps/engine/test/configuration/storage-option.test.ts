import { expect, it } from "vitest";
import { parseStorage } from "../../src/configuration/storage-option.ts";

it.each([
  ["zfs:tank/opendvp", { kind: "zfs", dataset: "tank/opendvp" }],
  ["zfs:tank", { kind: "zfs", dataset: "tank" }],
  ["btrfs:/srv/pool", { kind: "btrfs", directory: "/srv/pool" }],
  ["reflink:/srv/a:b/../c", { kind: "reflink", directory: "/srv/c" }],
  ["copy:/srv/pool", { kind: "copy", directory: "/srv/pool" }],
  ["embedded:2G", { kind: "embedded", sizeBytes: 2 * 1024 ** 3 }],
])("reads %s", (text, expected) => {
  expect(parseStorage(text)).toEqual(expected);
});

it.each(["zfs", "zfs:", "zfs:/tank/opendvp", "btrfs:", "reflink", "tape:/dev/st0", "embedded:1M", ""])(
  "refuses %j and says what can be given",
  (text) => {
    expect(() => parseStorage(text)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        action: expect.stringMatching(/Give (zfs:DATASET|the dataset's name|one such as)/) as string,
      }),
    );
  },
);
