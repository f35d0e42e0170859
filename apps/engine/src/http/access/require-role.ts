import { ROUTE_ROLES, type RouteRole } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";

/** @throws EngineError `NOT_ALLOWED` for somebody whose role does not include the given one */
export function requireRole(requester: { readonly name: string; readonly role: RouteRole }, least: RouteRole, what: string): void {
  if (ROUTE_ROLES.indexOf(requester.role) >= ROUTE_ROLES.indexOf(least)) return;
  throw new EngineError("NOT_ALLOWED", `${what} needs the role ${least}, and ${requester.name} has the role ${requester.role}.`, {
    action: "Ask an administrator to do it, or for a mightier role.",
    details: { role: requester.role, needed: least },
  });
}
