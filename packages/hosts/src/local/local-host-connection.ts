import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { HostConnection, HostFacts } from "@opendvp/core";
import { endMarked, endUsersOf } from "@opendvp/subprocess";
import { elevatedCommands } from "./elevated-commands.ts";
import type { HostUsers } from "./host-users.ts";
import { lookAt } from "./look-at.ts";
import { readMountTable } from "./mount-table.ts";
import { runCommand } from "./run-command.ts";
import { copyTree } from "./tree-copy/copy-tree.ts";

/** The engine's own machine: nothing to connect to, so nothing to close. */
export function createLocalHostConnection(users: HostUsers): HostConnection {
  return {
    facts: readFacts,
    checkUser: async (user) => {
      const { uid, gid, home } = await users.find(user);
      return { uid, gid, home };
    },
    run: async (command) => runCommand(command, await users.find(command.user)),
    copyTree: async (copy) => copyTree(copy, await users.find(copy.user)),
    lookAt,
    mountTable: readMountTable,
    endMarked,
    endUsersOf: endUsersOfMount,
    elevated: elevatedCommands,
    close: () => Promise.resolve(),
  };
}

async function readFacts(): Promise<HostFacts> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return { osName: /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux", hostname: hostname() };
}

/**
 * Only of what is a mount, or stands for one without root: a wrong path must never end half of the machine.
 * Root does not follow a link, which somebody else may have put there.
 */
async function endUsersOfMount(path: string): Promise<number> {
  const facts = await lookAt(path);
  const isLinkMount = facts.kind === "SYMLINK" && process.getuid?.() !== 0;
  return isLinkMount || (facts.isMountPoint && facts.realPath === path) ? endUsersOf(facts.realPath) : 0;
}
