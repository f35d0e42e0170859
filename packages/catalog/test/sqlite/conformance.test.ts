import { rmSync } from "node:fs";
import { openSqliteCatalog } from "@opendvp/catalog";
import { describeCatalog } from "@opendvp/testkit";
import { makeTemporaryDirectory } from "../temporary-directory.ts";

describeCatalog("SQLite", async () => {
  const directory = makeTemporaryDirectory();
  return {
    open: () => openSqliteCatalog(directory),
    dispose: async () => rmSync(directory, { recursive: true, force: true }),
  };
});
