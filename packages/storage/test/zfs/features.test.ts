import { expect, it } from "vitest";
import { featuresOf } from "../../src/zfs/features.ts";
import { recordSizeFor } from "../../src/zfs/record-size.ts";

// As zfs-fuse 0.7 and the kernel's ZFS 2.1 print them, without the lines that nobody asks for.
const FUSE = `
	PROPERTY       EDIT  INHERIT   VALUES
	used             NO       NO   <size>
	compression     YES      YES   on | off | lzjb | gzip | gzip-[1-9] | zle
	recordsize      YES      YES   512 to 128k, power of 2
	xattr           YES      YES   on | off
`;
const KERNEL = `
	PROPERTY       EDIT  INHERIT   VALUES
	written          NO       NO   <size>
	acltype         YES      YES   off | nfsv4 | posix
	compression     YES      YES   on | off | lzjb | gzip | gzip-[1-9] | zle | lz4 | zstd | zstd-[1-19]
	recordsize      YES      YES   512 to 1M, power of 2
	xattr           YES      YES   on | off | dir | sa
`;

it("reads from what zfs says of itself what it can do", () => {
  expect(featuresOf(FUSE, "usage:\n\treceive [-vnF] <filesystem|volume|snapshot>")).toEqual({
    hasLz4: false,
    hasAclType: false,
    hasXattrInInode: false,
    hasWritten: false,
    canReceiveUnmounted: false,
    largestRecordBytes: 128 * 1024,
  });
  expect(featuresOf(KERNEL, "usage:\n\treceive [-vMnsFhu] [-o <property>=<value>] ...")).toEqual({
    hasLz4: true,
    hasAclType: true,
    hasXattrInInode: true,
    hasWritten: true,
    canReceiveUnmounted: true,
    largestRecordBytes: 1024 * 1024,
  });
});

it.each([
  [8192, 8192],
  [10_000, 8192],
  [1, 512],
  [4 * 1024 * 1024, 131072],
])("gives a dataset of records of %s bytes what ZFS has", (wanted, expected) => {
  expect(recordSizeFor(wanted, featuresOf(FUSE, ""))).toBe(expected);
});
