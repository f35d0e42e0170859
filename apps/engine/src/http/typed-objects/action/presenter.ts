import type { Action, Job } from "@opendvp/core";
import { exceptionIdOfCode } from "../envelope/exception-id.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { actionType } from "./action-type.ts";
import { wireState } from "./states.ts";

/** An action, with the job that it has led to. */
export function presentAction(action: Action, job: Job | undefined): TypedObject {
  const { errorCode, endedAt } = action;
  const state = wireState(action.state);
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
