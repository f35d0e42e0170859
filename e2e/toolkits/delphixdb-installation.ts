import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory, succeed } from "@opendvp/testkit";
import { makeUser } from "./home-user.ts";

/** An installation in the home of a user, with an instance. */
export interface DelphixdbInstallation extends AsyncDisposable {
  readonly userName: string;
  readonly installPath: string;
  readonly instancePath: string;
  /** A table of the instance. */
  write(table: string, content: string): Promise<void>;
}

export async function makeDelphixdbInstallation(): Promise<DelphixdbInstallation> {
  const directory = await makeTestDirectory();
  const user = await makeUser(join(directory, "home"));
  const installPath = join(directory, "home/delphixdb-5.1");
  const instancePath = join(installPath, "instances/primary");
  await mkdir(join(instancePath, "tables"), { recursive: true });
  await writeFile(join(installPath, "version"), "5.1\n");
  await writeFile(join(instancePath, "instance.conf"), "name=primaryDB\nport=5432\n");
  await succeed("chown", ["-R", `${user.name}:${user.name}`, join(directory, "home")]);
  return {
    userName: user.name,
    installPath,
    instancePath,
    write: (table, content) => writeFile(join(instancePath, "tables", table), content),
    async [Symbol.asyncDispose]() {
      await user[Symbol.asyncDispose]();
      await removeTestDirectory(directory);
    },
  };
}
