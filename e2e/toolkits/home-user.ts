import { runProcess } from "@opendvp/subprocess";

/** A user of this machine, with a home of its own, for as long as a test needs it. Needs root. */
export async function makeUser(name: string, homeDirectory: string): Promise<AsyncDisposable> {
  const remove = async (): Promise<void> => {
    await runProcess({ file: "userdel", args: [name] });
  };
  // A killed run may have left it.
  await remove();
  const args = ["--system", "--user-group", "--create-home", "--home-dir", homeDirectory, "--shell", "/bin/bash", name];
  const { exitCode, stderr } = await runProcess({ file: "useradd", args });
  if (exitCode !== 0) throw new Error(`The user ${name} cannot be made: ${stderr}`);
  return { [Symbol.asyncDispose]: remove };
}
