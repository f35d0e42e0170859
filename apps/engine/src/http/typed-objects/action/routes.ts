import { ROUTES } from "@opendvp/contract";
import type { Action, Engine, User, Where } from "@opendvp/core";
import { EngineError, isReference, type Reference } from "@opendvp/model";
import { hasRole, requireRole } from "../../access/require-role.ts";
import { listResult } from "../envelope/list-result.ts";
import { okResult } from "../envelope/result.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { presentJob } from "../job/presenter.ts";
import { loadJobNames } from "../job/job-names.ts";
import { rangeOf } from "../requests/moments.ts";
import { pageOf } from "../requests/paging.ts";
import { invalidQuery, textOf, type Query } from "../requests/query.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedRoute } from "../typed-route.ts";
import { presentAction } from "./presenter.ts";

const STATES: readonly Action["state"][] = ["RUNNING", "WAITING", "COMPLETED", "FAILED", "CANCELED"];
/** Whoever has asked for something may look at how it goes. */
const access = ROUTES.jobs.show;

export function actionRoutes({ engine }: TypedContext): readonly TypedRoute[] {
  const { actions } = engine.objects;
  return [
    {
      method: "GET",
      path: "action",
      access,
      answer: async ({ query, user }) => {
        const where = { ...whereOf(query), ...(user === undefined || !isShownAll(user) ? { asker: user?.reference ?? null } : {}) };
        const found = await actions.list({ where, ...pageOf(query), descending: true });
        return listResult(await present(engine, found), await actions.count(where));
      },
    },
    {
      method: "GET",
      path: "action/:action",
      access,
      answer: async ({ params, user }) => {
        const [shown] = await present(engine, [await find(engine, params["action"] ?? "", user)]);
        return okResult(shown ?? null);
      },
    },
    {
      method: "GET",
      path: "action/:action/getJob",
      access,
      answer: async ({ params, user }) => {
        const { reference } = await find(engine, params["action"] ?? "", user);
        const [job] = await engine.journal.listJobs({ where: { action: reference } });
        if (job === undefined) throw noJob(reference);
        const events = await engine.journal.events(job.reference);
        return okResult(presentJob(job, { names: await loadJobNames(engine, [job]), events }));
      },
    },
  ];
}

function isShownAll(user: User): boolean {
  return hasRole(user, ROUTES.actions.show.role);
}

async function find(engine: Engine, text: string, user: User | undefined): Promise<Action> {
  const action = isReference(text, "ACTION") ? await engine.objects.actions.find(text) : undefined;
  if (action === undefined) {
    throw new EngineError("NOT_FOUND", `There is no action ${JSON.stringify(text.slice(0, 80))}.`, {
      action: "References of actions look like ACTION-3.",
    });
  }
  if (user !== undefined && action.asker !== user.reference) requireRole(user, ROUTES.actions.show.role, `To look at ${action.reference}`);
  return action;
}

async function present({ journal }: Engine, actions: readonly Action[]): Promise<TypedObject[]> {
  const jobs = await journal.listJobs({ where: { action: actions.map(({ reference }) => reference) } });
  const jobOf = new Map(jobs.map((job) => [job.action, job]));
  return actions.map((action) => presentAction(action, jobOf.get(action.reference)));
}

function whereOf(query: Query): Where<Action> {
  const startedAt = rangeOf(query);
  const state = textOf(query, "state");
  const parent = textOf(query, "parentAction");
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(state === undefined ? {} : { state: stateOf(state) }),
    ...(parent === undefined ? {} : { parent: isReference(parent, "ACTION") ? parent : [] }),
  };
}

function stateOf(text: string): readonly Action["state"][] {
  const state = STATES.find((one) => one === text);
  if (state === undefined && text !== "SUSPENDED") throw invalidQuery("state", `must be one of ${STATES.join(", ")}, SUSPENDED`);
  return state === "FAILED" ? ["FAILED", "REFUSED"] : state === undefined ? [] : [state];
}

function noJob(action: Reference<"ACTION">): EngineError {
  return new EngineError("NOT_FOUND", `${action} has no job: it was done at once.`, { action: "Look at the action itself." });
}
