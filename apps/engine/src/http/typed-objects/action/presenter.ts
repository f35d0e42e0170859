import type { Action, Job } from "@opendvp/core";
import { exceptionIdOfCode } from "../envelope/exception-id.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { actionType } from "./action-type.ts";
import { wireState } from "./states.ts";

/** What an action is shown with. */
export interface ActionSurroundings {
  /** What it has led to. */
  readonly job: Job | undefined;
  /** How the jobs are that it has started, where it has started several. */
  readonly groupState: Action["state"] | undefined;
}

export function presentAction(action: Action, { job, groupState }: ActionSurroundings): TypedObject {
  const { errorCode } = action;
  const state = wireState(groupState ?? action.state);
  return {
    type: "Action",
    reference: action.reference,
    namespace: null,
    actionType: actionType(action),
    title: action.title,
    details: `${action.title}.`,
    startTime: action.startedAt,
    endTime: state === "RUNNING" || state === "WAITING" ? null : action.endedAt,
    state,
    failureAction: job?.error?.action ?? null,
    failureDescription: job?.error?.message ?? errorCode,
    failureMessageCode: errorCode === null ? null : exceptionIdOfCode(errorCode),
    originIp: null,
    parentAction: null,
    report: null,
    user: action.asker,
    userAgent: null,
    workSource: action.asker === null ? "SYSTEM" : "WEBSERVICE",
    workSourceName: action.user,
    workSourcePrincipal: action.asker === null ? null : action.user,
  };
}
