import Type, { type Static } from "typebox";
import { nullable } from "../schema/nullable.ts";
import { oneOf } from "../schema/one-of.ts";
import { Id, Timestamp } from "../schema/texts.ts";

/** What somebody asked of the engine. */
export const Action = Type.Object({
  id: Id,
  title: Type.String(),
  operation: Type.String({ description: "What was asked, e.g. `vdb.refresh`; of a refused request, the route, e.g. `plugins.upload`." }),
  user: Type.String({ description: "Name of the account; `engine` for the engine itself, `nobody` for a log-in under an unknown name." }),
  target_id: nullable(Id),
  status: oneOf(["PENDING", "STARTED", "COMPLETED", "FAILED", "CANCELED", "REFUSED"], "REFUSED: whoever asked may not do that."),
  error_code: nullable(Type.String()),
  times: Type.Integer({
    description: "Log-ins that failed and refused requests of one kind within an hour are one action: it was tried at least so often.",
  }),
  job_id: nullable(Type.String({ description: "The job that it led to." })),
  start_time: Timestamp,
  end_time: nullable(Timestamp),
});
export type Action = Static<typeof Action>;
