import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory, succeed } from "@opendvp/testkit";
import { makeUser } from "./home-user.ts";

/** An installation in the home of a user, with two instances. */
export interface DelphixdbInstallation extends AsyncDisposable {
  readonly userName: string;
  readonly installPath: string;
  readonly instancePath: string;
  readonly secondInstancePath: string;
  /** A table of the first instance. */
  write(table: string, content: string): Promise<void>;
}

export async function makeDelphixdbInstallation(): Promise<DelphixdbInstallation> {
  const directory = await makeTestDirectory();
  const user = await makeUser(join(directory, "home"));
  const installPath = join(directory, "home/delphixdb-5.1");
  const instancePath = join(installPath, "instances/primary");
  const secondInstancePath = join(installPath, "instances/second");
  for (const path of [instancePath, secondInstancePath]) await mkdir(join(path, "tables"), { recursive: true });
  await writeFile(join(installPath, "version"), "5.1\n");
  await writeFile(join(instancePath, "instance.conf"), "name=primaryDB\nport=5432\n");
  await writeFile(join(secondInstancePath, "instance.conf"), "name=secondDB\nport=5433\n");
  await succeed("chown", ["-R", `${user.name}:${user.name}`, join(directory, "home")]);
  return {
    userName: user.name,
    installPath,
    instancePath,
    secondInstancePath,
    write: (table, content) => writeFile(join(instancePath, "tables", table), content),
    async [Symbol.asyncDispose]() {
      await user[Symbol.asyncDispose]();
      await removeTestDirectory(directory);
    },
  };
}
