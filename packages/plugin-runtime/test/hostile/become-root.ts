import { execFileSync } from "node:child_process";
import { UserError } from "@opendvp/plugin-sdk";
import { attempts, hostile } from "../support/hostile-plugin.ts";

export const plugin = hostile(() => {
  const run =
    (file: string, ...args: readonly string[]) =>
    () =>
      execFileSync(file, args, { stdio: "ignore" });
  const tried = {
    "set the user": () => process.setuid?.(0),
    "set the group": () => process.setgroups?.([0]),
    su: run("su", "-c", "true"),
    mount: run("mount", "-t", "tmpfs", "none", "/tmp"),
    unmount: run("umount", "-l", "/tmp"),
    "enter the namespaces of 1": run("nsenter", "--target", "1", "--mount", "true"),
    chroot: run("chroot", "/proc/1/root", "true"),
    mknod: run("mknod", "/tmp/disk", "b", "7", "0"),
    "raise a limit": run("prlimit", "--nofile=100000:100000", "true"),
    "raise the priority": run("nice", "-n", "-5", "sh", "-c", '[ "$(nice)" -lt 0 ]'),
  };
  throw new UserError("what I could do", "", JSON.stringify(attempts(tried)));
});
