/**
 * When a form hides a field, as a tree. `ascend` counts how many containers above its own the path starts:
 * 0 is the object that the field is in (`model`), 1 the one around that (`field.parent.parent.model`), and so on.
 */
export type HideExpression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: "path"; readonly ascend: number; readonly steps: readonly string[] }
  | { readonly kind: "not"; readonly operand: HideExpression }
  | { readonly kind: "and" | "or" | "equals" | "differs"; readonly left: HideExpression; readonly right: HideExpression };

/** The paths that an expression looks at. */
export function pathsOf(expression: HideExpression): readonly (HideExpression & { readonly kind: "path" })[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "path":
      return [expression];
    case "not":
      return pathsOf(expression.operand);
    default:
      return [...pathsOf(expression.left), ...pathsOf(expression.right)];
  }
}
