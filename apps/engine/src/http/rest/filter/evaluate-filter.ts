import type { FilterExpression, FilterValue, Operator } from "./filter-expression.ts";

/** Whether an item fits a filter. A value of another type than the member's fits nothing but NE. */
export function evaluateFilter(expression: FilterExpression, item: unknown): boolean {
  switch (expression.kind) {
    case "or":
      return expression.operands.some((operand) => evaluateFilter(operand, item));
    case "and":
      return expression.operands.every((operand) => evaluateFilter(operand, item));
    case "not":
      return !evaluateFilter(expression.operand, item);
    case "comparison":
      return compare(memberOf(item, expression.member), expression.operator, expression.value);
  }
}

/** The value of a member; a dot leads into an object. */
export function memberOf(item: unknown, path: string): unknown {
  return path.split(".").reduce((value: unknown, name) => {
    const isInside = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return isInside ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }, item);
}

function compare(actual: unknown, operator: Operator, wanted: FilterValue): boolean {
  switch (operator) {
    case "EQ":
      return isSame(actual, wanted);
    case "NE":
      return !isSame(actual, wanted);
    case "CONTAINS":
      return contains(actual, wanted);
    case "IN":
      return Array.isArray(wanted) && wanted.some((one: FilterValue) => isSame(actual, one));
    case "GT":
      return isOrdered(actual, wanted, (order) => order > 0);
    case "LT":
      return isOrdered(actual, wanted, (order) => order < 0);
    case "GE":
      return isOrdered(actual, wanted, (order) => order >= 0);
    case "LE":
      return isOrdered(actual, wanted, (order) => order <= 0);
  }
}

function isSame(actual: unknown, wanted: FilterValue): boolean {
  return wanted === null ? actual === null || actual === undefined : actual === wanted;
}

function contains(actual: unknown, wanted: FilterValue): boolean {
  if (Array.isArray(actual)) return actual.includes(wanted);
  return typeof actual === "string" && typeof wanted === "string" && actual.includes(wanted);
}

function isOrdered(actual: unknown, wanted: FilterValue, fits: (order: number) => boolean): boolean {
  if (typeof actual === "number" && typeof wanted === "number") return fits(actual - wanted);
  if (typeof actual === "string" && typeof wanted === "string") return fits(actual < wanted ? -1 : actual > wanted ? 1 : 0);
  return false;
}
