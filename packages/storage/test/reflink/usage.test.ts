import { expect, it } from "vitest";
import { sumExtents } from "../../src/reflink/usage.ts";

const LISTING = `Filesystem type is: 58465342
File size of ./a is 3000000 (2932 blocks of 1024 bytes)
 ext:     logical_offset:        physical_offset: length:   expected: flags:
   0:        0..      11:         96..       107:     12:
   1:       12..    2931:        108..      3027:   2920:       3040: last,shared,eof
./a: 2 extents found
File size of ./zeros is 131072 (128 blocks of 1024 bytes)
 ext:     logical_offset:        physical_offset: length:   expected: flags:
   0:        0..     127:       5000..      5127:    128:             last,encoded,eof
./zeros: 1 extent found
File size of ./hole is 1048576 (1024 blocks of 1024 bytes)
./hole: 0 extents found
`;

it("counts what no other file shares as a tree's own, and of compressed content the least that it can be", () => {
  expect(sumExtents(LISTING)).toEqual({
    referencedBytes: (12 + 2920 + 128) * 1024,
    exclusiveBytes: (12 + 128) * 1024,
    leastFreedBytes: (12 + 128 / 32) * 1024,
  });
});
