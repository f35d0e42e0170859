import { EngineError } from "@opendvp/model";
import { nearest } from "../../validation/nearest.ts";
import type { FilterExpression } from "./filter-expression.ts";

/** Refuses a filter that names a member that the items do not have. @throws EngineError `INPUT_INVALID` */
export function checkMembers(expression: FilterExpression, members: readonly string[]): void {
  switch (expression.kind) {
    case "or":
    case "and":
      for (const operand of expression.operands) checkMembers(operand, members);
      return;
    case "not":
      checkMembers(expression.operand, members);
      return;
    case "comparison":
      checkMember(expression.member, members, "/filter_expression");
  }
}

/** @throws EngineError `INPUT_INVALID` naming the near members */
export function checkMember(path: string, members: readonly string[], place: string): void {
  const [member = ""] = path.split(".", 1);
  if (members.includes(member)) return;
  const near = nearest(member, members);
  throw new EngineError("INPUT_INVALID", `The items have no member ${JSON.stringify(member.slice(0, 80))}.`, {
    action: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `They have ${members.join(", ")}.`,
    details: { path: place, keyword: "member", near },
  });
}
