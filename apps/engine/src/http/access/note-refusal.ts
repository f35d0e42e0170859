import type { Route } from "@opendvp/contract";
import type { Engine, User } from "@opendvp/core";
import { EngineError, type Reference } from "@opendvp/model";

/** A request whose sender is known. */
export interface AskedRoute {
  /** e.g. `vdbs.stop` */
  readonly id: string;
  readonly route: Route;
  readonly user: User;
}

/** Puts a request that its sender may not make into the record of what was asked: the route, never what was sent. */
export function noteRefusal(engine: Pick<Engine, "actions">, { id, route, user }: AskedRoute, error: unknown): void {
  if (!(error instanceof EngineError) || error.code !== "NOT_ALLOWED") return;
  const { dataset } = error.details;
  engine.actions.refused({
    user: user.name,
    asker: user.reference,
    title: `${route.method} ${route.path}`,
    operation: id,
    target: typeof dataset === "string" ? (dataset as Reference) : null,
    errorCode: error.code,
  });
}
