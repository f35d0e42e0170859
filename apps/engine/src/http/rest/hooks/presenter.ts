import { HOOK_MEMBERS, type Hook, type HookMember, type Hooks } from "@opendvp/contract";
import type { Hook as HookEntity, HookPoint, Hooks as HooksEntity } from "@opendvp/core";

/** `pre_sync` as the engine names it: `pre-sync`. */
const POINTS = Object.fromEntries(HOOK_MEMBERS.map((member) => [member, member.replaceAll("_", "-")])) as Readonly<
  Record<HookMember, HookPoint>
>;

export function hookPoint(member: HookMember): HookPoint {
  return POINTS[member];
}

export function presentHooks(hooks: HooksEntity): Hooks {
  const shown: { [M in HookMember]?: Hook[] } = {};
  for (const member of HOOK_MEMBERS) {
    const commands = hooks[hookPoint(member)];
    if (commands !== undefined && commands.length > 0) shown[member] = commands.map(({ name, command }) => ({ name, command }));
  }
  return shown;
}

/** Hooks as a caller sends them; one without a name is called after its point. */
export function namedHooks(member: HookMember, hooks: readonly Hook[]): HookEntity[] {
  return hooks.map(({ name, command }, position) => ({ name: name ?? `${hookPoint(member)} ${position + 1}`, command }));
}

/** The hooks among the members of a body, by the engine's names; undefined without any. */
export function hooksOf(body: Hooks): HooksEntity | undefined {
  const given: { [P in HookPoint]?: HookEntity[] } = {};
  for (const member of HOOK_MEMBERS) {
    const hooks = body[member];
    if (hooks !== undefined && hooks.length > 0) given[hookPoint(member)] = namedHooks(member, hooks);
  }
  return Object.keys(given).length === 0 ? undefined : given;
}
