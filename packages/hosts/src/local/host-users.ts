import type { Clock } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProcess } from "@opendvp/subprocess";

export interface HostUser {
  readonly userName: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface HostUsers {
  /** @throws EngineError `HOST_USER_REFUSED` */
  find(name: string): Promise<HostUser>;
}

/** How long a user is remembered: asking costs a process. */
const MEMORY_MS = 10_000;

/** Looks users up where the host does (files, LDAP …), and lets through only those who are allowed. */
export function createHostUsers(allowedUsers: readonly string[], clock: Pick<Clock, "monotonicMs">): HostUsers {
  const known = new Map<string, { readonly user: Promise<HostUser>; readonly untilMs: number }>();
  return {
    async find(name) {
      const entry = known.get(name);
      if (entry !== undefined && clock.monotonicMs() < entry.untilMs) return entry.user;
      const user = findHostUser(name).then((found) => requireAllowed(found, allowedUsers));
      known.set(name, { user, untilMs: clock.monotonicMs() + MEMORY_MS });
      // A refusal is asked anew each time, so that adding the user helps at once.
      user.catch(() => known.delete(name));
      return user;
    },
  };
}

/** A user of this host, whether allowed or not. @throws EngineError `HOST_USER_REFUSED` when there is none of that name */
export async function findHostUser(name: string): Promise<HostUser> {
  const { stdout } = await runProcess({ file: "getent", args: ["passwd", "--", name] });
  const [userName = "", , uid, gid, , home = "", shell = ""] = stdout.trimEnd().split(":");
  // A number is also found, as the user who has it; environment users are names.
  if (name === "" || userName !== name) {
    throw new EngineError("HOST_USER_REFUSED", `There is no user ${JSON.stringify(name)} on this host.`, {
      action: "Create the user on the host, or name one that exists.",
      details: { user: name },
    });
  }
  return { userName, uid: Number(uid), gid: Number(gid), home: home === "" ? "/" : home, shell: shell === "" ? "/bin/sh" : shell };
}

function requireAllowed(user: HostUser, allowedUsers: readonly string[]): HostUser {
  const engineUid = process.getuid?.();
  if (engineUid !== 0 && user.uid !== engineUid) {
    throw refused(user, "an engine that does not run as root can use only its own user", "Run the engine as root, or use its own user.");
  }
  if (engineUid === 0 && !allowedUsers.includes(user.userName)) {
    const action = `Add ${user.userName} to environmentUsers in the engine's configuration and start the engine again.`;
    throw refused(user, "the engine's configuration does not allow it", action);
  }
  return user;
}

function refused(user: HostUser, reason: string, action: string): EngineError {
  const message = `The user ${user.userName} cannot be used on the engine's own host: ${reason}`;
  return new EngineError("HOST_USER_REFUSED", message, { action, details: { user: user.userName } });
}
