import { isJsonObject, type Json } from "../../json/json.ts";
import type { HideExpression } from "./hide-expression.ts";

/**
 * Whether a field is hidden. `containers` are the objects and arrays that the field is in, from the whole value to
 * the object that holds the field itself. What is not there is `undefined`, at any depth.
 */
export function isHidden(expression: HideExpression, containers: readonly Json[]): boolean {
  return Boolean(evaluate(expression, containers));
}

function evaluate(expression: HideExpression, containers: readonly Json[]): Json | undefined {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return lookUp(containers.at(-1 - expression.ascend), expression.steps);
    case "not":
      return !evaluate(expression.operand, containers);
    case "and":
    case "or": {
      const left = evaluate(expression.left, containers);
      return Boolean(left) === (expression.kind === "and") ? evaluate(expression.right, containers) : left;
    }
    case "equals":
      return evaluate(expression.left, containers) === evaluate(expression.right, containers);
    case "differs":
      return evaluate(expression.left, containers) !== evaluate(expression.right, containers);
  }
}

function lookUp(start: Json | undefined, steps: readonly string[]): Json | undefined {
  let found = start;
  for (const step of steps) found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}
