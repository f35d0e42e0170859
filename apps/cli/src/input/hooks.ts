import { type Hook, HOOK_MEMBERS, type HookMember, type Hooks } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";

/** `pre-refresh` as the API's member. @throws EngineError `INPUT_INVALID` naming all points */
export function hookMember(point: string): HookMember {
  const member = HOOK_MEMBERS.find((candidate) => candidate === point.replaceAll("-", "_"));
  if (member !== undefined) return member;
  throw new EngineError("INPUT_INVALID", `There is no point ${JSON.stringify(point)} for hooks.`, {
    action: `There are ${HOOK_MEMBERS.map(hookPointText).join(", ")}.`,
  });
}

export function hookPointText(member: HookMember): string {
  return member.replaceAll("_", "-");
}

/** Hooks given as `POINT=COMMAND`. @throws EngineError `INPUT_INVALID` */
export function readHooks(given: readonly string[] = []): Hooks {
  const hooks: { [M in HookMember]?: Hook[] } = {};
  for (const text of given) {
    const equals = text.indexOf("=");
    if (equals < 1) {
      throw new EngineError("INPUT_INVALID", `The hook ${JSON.stringify(text)} is not of the form POINT=COMMAND.`, {
        action: "Write it like --hook configure-clone='./mask.sh'.",
      });
    }
    (hooks[hookMember(text.slice(0, equals))] ??= []).push({ command: text.slice(equals + 1) });
  }
  return hooks;
}
