import { writeSync } from "node:fs";
import { openSqliteCatalog } from "@opendvp/catalog";

const POOL = { driver: "btrfs", location: "/srv/pool", createdAt: "" };
const JOB = "JOB-1";

// A program for the crash test: commits transactions for ever and prints the number of each one that was acknowledged.
const catalog = await openSqliteCatalog(process.argv[2] ?? "");
writeSync(1, "open\n");
for (;;) {
  const reference = await catalog.transact(async (transaction) => {
    const next = await transaction.nextReference("STORAGE_POOL");
    await transaction.apply([{ collection: "pools", insert: { ...POOL, reference: next, name: next } }]);
    await transaction.appendEvent({ job: JOB, level: "INFO", code: next, message: "", action: "", at: "" });
    await transaction.updateJob(JOB, { title: next });
    return next;
  });
  writeSync(1, `${reference}\n`);
}
