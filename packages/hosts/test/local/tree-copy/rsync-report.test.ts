import { describe, expect, it } from "vitest";
import { createRsyncReport } from "../../../src/local/tree-copy/rsync-report.ts";

const user = { userName: "ann", uid: 1000, gid: 1000, home: "/home/ann", shell: "/bin/bash" };
const END = "rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1338) [sender=3.2.7]";
const NO_ACL = "rsync: [sender] get_acl: sys_acl_get_file(./f14, ACL_TYPE_ACCESS): No such file or directory (2)";
const NO_ATTRIBUTES = 'rsync: [sender] get_xattr_names: llistxattr("./f15",1024) failed: No such file or directory (2)';
const DENIED = 'rsync: [sender] send_files failed to open "/f16": Permission denied (13)';
const RECEIVER = 'rsync: [receiver] mkstemp "/target/.f17.x" failed: No such file or directory (2)';

function outcomeOf(exitCode: number, ...complaints: readonly string[]) {
  const report = createRsyncReport({ reader: { user }, directory: "/source", onProgress: undefined });
  report.take(Buffer.from(`${complaints.join("\n")}\n`), "stderr");
  report.take(Buffer.from("Literal data: 1234 bytes\n"), "stdout");
  return report.outcome(exitCode);
}

describe("what rsync says of files that are gone", () => {
  it.each([[[NO_ACL]], [[NO_ATTRIBUTES]], [[NO_ACL, NO_ATTRIBUTES]]])(
    "when it looks at them a second time makes a copy incomplete: %j",
    (lines) => {
      expect(outcomeOf(23, ...lines, END)).toMatchObject({ bytesChanged: 1234, incomplete: { code: expect.any(String) as string } });
    },
  );

  it("when it wants to read them is told by its exit code alone", () => {
    expect(outcomeOf(24, 'file has vanished: "/source/f1"')).toEqual({ bytesChanged: 1234, hasVanishedFiles: true });
  });

  it.each([
    { what: "a file that may not be read", exitCode: 23, lines: [NO_ACL, DENIED], code: "SOURCE_UNREADABLE" },
    { what: "what goes wrong in the target", exitCode: 23, lines: [NO_ACL, RECEIVER], code: "HOST_COMMAND_FAILED" },
    { what: "an end of another kind", exitCode: 12, lines: [NO_ACL], code: "HOST_COMMAND_FAILED" },
  ])("excuses nothing else: $what", ({ exitCode, lines, code }) => {
    expect(() => outcomeOf(exitCode, ...lines, END)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
