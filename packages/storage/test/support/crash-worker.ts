import { writeSync } from "node:fs";
import { btrfsTechnology, copyTechnology, reflinkTechnology, zfsTechnology } from "@opendvp/storage";

/**
 * Changes a pool without end and says before and after each change what it does, until it is killed.
 * Arguments: back end, location, mark of its programs.
 */
const [name = "", location = "", mark = ""] = process.argv.slice(2);
const technology = [btrfsTechnology, copyTechnology, reflinkTechnology, zfsTechnology].find((one) => one.technology === name);
if (technology === undefined) throw new Error(`there is no back end ${name}`);
const driver = await technology.open(location);

async function change(name: string, what: string, work: () => Promise<void>): Promise<void> {
  writeSync(1, `begin ${what} ${name}\n`);
  await work();
  writeSync(1, `end ${what} ${name}\n`);
}

for (let round = 0; ; round += 1) {
  const [clone, snapshot] = [`clone-${round}`, `snapshot-${round}`];
  const labels = { round };
  await change(clone, "make", () => driver.clone({ snapshot: "origin", name: clone, labels, mark }));
  await change(snapshot, "make", () => driver.snapshot({ dataset: clone, name: snapshot, labels, mark }));
  if (round % 2 === 0) await change(clone, "delete", () => driver.deleteDataset(clone, { mark }));
  if (round % 3 === 0) await change(snapshot, "delete", () => driver.deleteSnapshot(snapshot, { mark }));
}
