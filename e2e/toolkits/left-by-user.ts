import { runProcess } from "@opendvp/subprocess";

/** What a user of a test's own has left on this machine: processes, and files among the temporary ones. */
export async function leftByUser(user: string): Promise<readonly string[]> {
  const processes = await runProcess({ file: "ps", args: ["-o", "pid=,args=", "-u", user] });
  const files = await runProcess({ file: "find", args: ["/tmp", "/var/tmp", "-maxdepth", "1", "-user", user] });
  // What has ended waits for the machine's init to collect it.
  return `${processes.stdout}${files.stdout}`.split("\n").filter((line) => line !== "" && !line.endsWith("<defunct>"));
}
