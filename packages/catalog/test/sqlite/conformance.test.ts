import { rmSync } from "node:fs";
import { openSqliteCatalog } from "@opendvp/catalog";
import { describeCatalog, makeTestDirectory } from "@opendvp/testkit";

describeCatalog("SQLite", async () => {
  const directory = await makeTestDirectory();
  return {
    open: () => openSqliteCatalog(directory),
    dispose: async () => rmSync(directory, { recursive: true, force: true }),
  };
});
