import { ROUTE_ROLES, type RouteRole } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";

interface Requester {
  readonly name: string;
  readonly role: RouteRole;
}

export function hasRole(requester: Requester, least: RouteRole): boolean {
  return ROUTE_ROLES.indexOf(requester.role) >= ROUTE_ROLES.indexOf(least);
}

/** @throws EngineError `NOT_ALLOWED` for somebody whose role does not include the given one */
export function requireRole(requester: Requester, least: RouteRole, what: string): void {
  if (hasRole(requester, least)) return;
  throw new EngineError("NOT_ALLOWED", `${what} needs the role ${least}, and ${requester.name} has the role ${requester.role}.`, {
    action: "Ask an administrator to do it, or for a mightier role.",
    details: { role: requester.role, needed: least },
  });
}
