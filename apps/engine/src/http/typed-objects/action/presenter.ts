import type { Action, Job } from "@opendvp/core";
import { exceptionIdOfCode } from "../envelope/exception-id.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import type { ActionGroup } from "./action-group.ts";
import { actionType } from "./action-type.ts";
import { wireState } from "./states.ts";

/** What an action is shown with. */
export interface ActionSurroundings {
  /** What it has led to. */
  readonly job: Job | undefined;
  /** How those are that it has asked for, where it has asked for several. */
  readonly group: ActionGroup | undefined;
}

export function presentAction(action: Action, { job, group }: ActionSurroundings): TypedObject {
  const { errorCode, endedAt, ...rest } = group ?? action;
  const state = wireState(rest.state);
  return {
    type: "Action",
    reference: action.reference,
    namespace: null,
    actionType: actionType(action),
    title: action.title,
    details: `${action.title}.`,
    startTime: action.startedAt,
    endTime: state === "RUNNING" || state === "WAITING" ? null : endedAt,
    state,
    failureAction: job?.error?.action ?? null,
    failureDescription: job?.error?.message ?? errorCode,
    failureMessageCode: errorCode === null ? null : exceptionIdOfCode(errorCode),
    originIp: null,
    parentAction: action.parent,
    report: null,
    user: action.asker,
    userAgent: null,
    workSource: action.asker === null ? "SYSTEM" : "WEBSERVICE",
    workSourceName: action.user,
    workSourcePrincipal: action.asker === null ? null : action.user,
  };
}
