import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestDirectory, removeTestDirectory, succeed } from "@opendvp/testkit";
import { makeUser } from "./home-user.ts";

/** Two installations in the home of a user: one with two instances, and an older one with an instance of its own. */
export interface DelphixdbInstallation extends AsyncDisposable {
  readonly userName: string;
  readonly installPath: string;
  readonly instancePath: string;
  readonly secondInstancePath: string;
  readonly olderInstallPath: string;
  readonly olderInstancePath: string;
  /** A table of the first instance. */
  write(table: string, content: string): Promise<void>;
}

export async function makeDelphixdbInstallation(): Promise<DelphixdbInstallation> {
  const directory = await makeTestDirectory();
  const user = await makeUser(join(directory, "home"));
  const [installPath, olderInstallPath] = [join(directory, "home/delphixdb-5.1"), join(directory, "home/delphixdb-4.2")];
  const makeInstance = async (path: string, conf: string): Promise<string> => {
    await mkdir(join(path, "tables"), { recursive: true });
    await writeFile(join(path, "instance.conf"), conf);
    return path;
  };
  const instancePath = await makeInstance(join(installPath, "instances/primary"), "name=primaryDB\nport=5432\n");
  const secondInstancePath = await makeInstance(join(installPath, "instances/second"), "name=secondDB\nport=5433\n");
  const olderInstancePath = await makeInstance(join(olderInstallPath, "instances/archive"), "name=archiveDB\nport=5434\n");
  await writeFile(join(installPath, "version"), "5.1\n");
  await writeFile(join(olderInstallPath, "version"), "4.2\n");
  await succeed("chown", ["-R", `${user.name}:${user.name}`, join(directory, "home")]);
  return {
    userName: user.name,
    installPath,
    instancePath,
    secondInstancePath,
    olderInstallPath,
    olderInstancePath,
    write: (table, content) => writeFile(join(instancePath, "tables", table), content),
    async [Symbol.asyncDispose]() {
      await user[Symbol.asyncDispose]();
      await removeTestDirectory(directory);
    },
  };
}
