import { Action, type RouteInput, type RouteTable } from "@opendvp/contract";
import type { Action as ActionEntity, Engine, Where } from "@opendvp/core";
import { EngineError, isReference, looksLikeReference, type Reference } from "@opendvp/model";
import type { Handlers } from "../handler.ts";
import { answerListing } from "../listing/answer-listing.ts";
import type { Listed } from "../listing/listed.ts";
import { parseMoment } from "../resolving/point-in-history.ts";
import type { RestContext } from "../rest-context.ts";
import { presentAction } from "./presenter.ts";

type Query = NonNullable<RouteInput<RouteTable["actions"]["list"]>["query"]>;

export function actionHandlers({ engine }: RestContext): Handlers<"actions"> {
  const listed = async (query: Query): Promise<Listed<ActionEntity, Action>> => ({
    schema: Action,
    source: engine.objects.actions,
    where: await whereOf(engine, query),
    present: (actions) => present(engine, actions),
    columns: { id: "reference", title: "title", operation: "operation", user: "user", start_time: "startedAt", end_time: "endedAt" },
    defaultSort: "-id",
  });
  return {
    list: async ({ query }) => answerListing(await listed(query), query),
    search: async ({ query, body }) => answerListing(await listed(query), query, body),
    show: async ({ params: { actionId } }) => {
      const action = isReference(actionId, "ACTION") ? await engine.objects.actions.find(actionId) : undefined;
      const [shown] = action === undefined ? [] : await present(engine, [action]);
      if (shown !== undefined) return shown;
      throw new EngineError("NOT_FOUND", `There is no action ${JSON.stringify(actionId)}.`, {
        action: "List the actions; their ids look like ACTION-3.",
      });
    },
  };
}

async function whereOf(engine: Engine, { user, target, since, until }: Query): Promise<Where<ActionEntity>> {
  const from = since === undefined ? {} : { from: parseMoment(since, "/since", "query") };
  const before = until === undefined ? {} : { before: parseMoment(until, "/until", "query") };
  return {
    ...(user === undefined ? {} : { user }),
    ...(target === undefined ? {} : { target: await referenceOf(engine, target) }),
    ...(since === undefined && until === undefined ? {} : { startedAt: { ...from, ...before } }),
  };
}

// An object that has gone is still in the record, by its reference.
async function referenceOf(engine: Engine, target: string): Promise<Reference> {
  return looksLikeReference(target) ? (target as Reference) : (await engine.resolveDataset(target)).reference;
}

async function present(engine: Engine, actions: readonly ActionEntity[]): Promise<readonly Action[]> {
  const jobs = await engine.journal.listJobs({ where: { action: actions.map(({ reference }) => reference) } });
  const jobOf = new Map(jobs.map(({ action, reference }) => [action, reference]));
  return actions.map((action) => presentAction(action, jobOf));
}
