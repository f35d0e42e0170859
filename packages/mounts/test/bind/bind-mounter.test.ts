import { describeMounter } from "@opendvp/testkit/conformance";
import { describe } from "vitest";
import { createBindMounter } from "../../src/index.ts";
import { connectLocal, isRoot, user } from "../connect-local.ts";

describe.skipIf(!isRoot)("as root", () => {
  describeMounter("bind mounts", {
    createMounter: (protectedPaths) => createBindMounter({ protectedPaths }),
    connect: connectLocal,
    user,
    canCoverDirectories: true,
    holdsWhileUsed: true,
  });
});
