import { writeSync } from "node:fs";
import { migrate } from "../../src/migrations/migrate.ts";
import { MIGRATIONS } from "../../src/migrations/migrations.ts";
import { connectTo } from "./stores.ts";

// A program for the migrations test: migrates, and hangs in the middle of one migration more, after its first table.
setInterval(() => undefined, 60_000);
await migrate(connectTo(process.argv[2] ?? ""), {
  storeName: "x",
  migrations: {
    ...MIGRATIONS,
    "9999-hanging": {
      up: async (database) => {
        await database.schema.createTable("half").addColumn("a", "text").execute();
        writeSync(1, "hanging\n");
        await new Promise(() => undefined);
      },
    },
  },
});
