/** `15` of `15.18`, `17beta1` or `15.18 (Debian …)`. */
export function majorOf(version: string): string {
  return /^\d+/.exec(version)?.[0] ?? "";
}
