import { userInfo } from "node:os";
import { runProcess } from "@opendvp/subprocess";

const SET_UP_USER = "opendvp";

export const isRoot = process.geteuid?.() === 0;

/** The user of this machine that commands of tests run as; without root only the test's own can be. */
export const ENVIRONMENT_USER = isRoot ? SET_UP_USER : userInfo().username;

/** Makes the user, as set-up does, where it has not been made. */
export async function ensureEnvironmentUser(): Promise<void> {
  if (!isRoot || (await succeeds("id", [SET_UP_USER]))) return;
  const args = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/bash", SET_UP_USER];
  // Another test may be doing the same.
  if ((await succeeds("useradd", args)) || (await succeeds("id", [SET_UP_USER]))) return;
  throw new Error(`The user ${SET_UP_USER} cannot be made.`);
}

async function succeeds(file: string, args: readonly string[]): Promise<boolean> {
  return (await runProcess({ file, args })).exitCode === 0;
}
