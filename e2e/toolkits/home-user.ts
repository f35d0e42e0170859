import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { runProcess } from "@opendvp/subprocess";

/** A user of this machine, with a home of its own, for as long as a test needs it. */
export interface HomeUser extends AsyncDisposable {
  readonly name: string;
}

/** Its name tells which process made it, so that runs side by side leave each other alone. */
const NAME = /^opendvp-t([0-9]+)-[0-9]+$/;

let made = 0;

/** Makes a user with a home directory. Needs root. */
export async function makeUser(homeDirectory: string): Promise<HomeUser> {
  await removeLeftUsers();
  made += 1;
  const name = `opendvp-t${process.pid}-${made}`;
  const args = ["--system", "--user-group", "--create-home", "--home-dir", homeDirectory, "--shell", "/bin/bash", name];
  const { exitCode, stderr } = await runProcess({ file: "useradd", args });
  if (exitCode !== 0) throw new Error(`The user ${name} cannot be made: ${stderr}`);
  return { name, [Symbol.asyncDispose]: () => removeUser(name) };
}

/** Those of killed runs. */
async function removeLeftUsers(): Promise<void> {
  const names = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":")[0] ?? "");
  for (const name of names) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeUser(name);
  }
}

async function removeUser(name: string): Promise<void> {
  await runProcess({ file: "userdel", args: [name] });
}
