/** The comparisons of a filter. */
export const OPERATORS = ["EQ", "NE", "GT", "LT", "GE", "LE", "CONTAINS", "IN"] as const;
export type Operator = (typeof OPERATORS)[number];

export type FilterValue = string | number | boolean | null | readonly FilterValue[];

/** A filter, parsed. */
export type FilterExpression =
  | { readonly kind: "or" | "and"; readonly operands: readonly FilterExpression[] }
  | { readonly kind: "not"; readonly operand: FilterExpression }
  | { readonly kind: "comparison"; readonly member: string; readonly operator: Operator; readonly value: FilterValue };
