import { describeMounter } from "@opendvp/testkit/conformance";
import { createSymlinkMounter } from "../../src/index.ts";
import { connectLocal, user } from "../connect-local.ts";

describeMounter("symbolic links", {
  createMounter: (protectedPaths) => createSymlinkMounter({ protectedPaths }),
  connect: connectLocal,
  user,
  canCoverDirectories: false,
  holdsWhileUsed: false,
});
