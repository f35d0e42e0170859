/** Where a value lies inside another: member names and element numbers from the outside in. */
export type JsonPath = readonly (string | number)[];

/** A path as people write it: `credentials.password`, `hosts[2].name`, `["odd name"].x`. */
export function formatJsonPath(path: JsonPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${String(step)}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
