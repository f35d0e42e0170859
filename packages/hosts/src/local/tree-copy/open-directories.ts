import { runProcess } from "@opendvp/subprocess";

/**
 * Lets an engine without root enter the target's directories again: an earlier copy gave them the modes that the source's
 * have, and the next one could neither write nor remove what is in a closed one. The copy gives the right modes back.
 */
export async function openDirectories(target: string, mark: string | undefined): Promise<void> {
  if (process.getuid?.() === 0) return;
  const openEach = ["-type", "d", "!", "-perm", "-u=rwx", "-exec", "chmod", "u+rwx", "{}", ";"];
  await runProcess({ file: "find", args: [target, ...openEach], ...(mark === undefined ? {} : { mark }) });
}
