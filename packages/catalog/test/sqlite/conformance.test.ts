import { rmSync } from "node:fs";
import { openSqliteCatalog } from "@opendvp/catalog";
import { makeTestDirectory } from "@opendvp/testkit";
import { describeCatalog } from "@opendvp/testkit/conformance";

describeCatalog("SQLite", async () => {
  const directory = await makeTestDirectory();
  return {
    open: () => openSqliteCatalog(directory),
    dispose: async () => rmSync(directory, { recursive: true, force: true }),
  };
});
