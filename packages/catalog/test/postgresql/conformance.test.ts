import { openPostgresqlCatalog } from "@opendvp/catalog";
import { hasPostgresql } from "@opendvp/testkit";
import { describeCatalog } from "@opendvp/testkit/conformance";
import { describe } from "vitest";
import { migratedDatabase, useServer } from "./test-database.ts";

describe.skipIf(!hasPostgresql)("on a PostgreSQL server (needs PostgreSQL 15)", () => {
  const server = useServer();
  let template: Promise<string> | undefined;

  describeCatalog("PostgreSQL", async () => {
    template ??= migratedDatabase(server);
    const database = await server.createDatabase(await template);
    const dataDirectory = server.newDirectory();
    return {
      open: () => openPostgresqlCatalog({ address: server.cluster.address(database), dataDirectory }),
      dispose: async () => {
        await server.cluster.sql(`drop database ${database}`);
      },
    };
  });
});
