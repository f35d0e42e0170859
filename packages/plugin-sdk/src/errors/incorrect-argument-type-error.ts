/** Something of the wrong type was passed to the SDK. The value itself is not shown: it may be a secret. */
export class IncorrectArgumentTypeError extends Error {
  override readonly name = "IncorrectArgumentTypeError";

  constructor(place: string, parameter: string, problem: { readonly actual: unknown; readonly expected: string }) {
    super(`The argument '${parameter}' of ${place} is ${typeNameOf(problem.actual)}; it must be ${problem.expected}.`);
  }
}

function typeNameOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "an integer" : "a number";
  if (typeof value !== "object") return `a ${typeof value}`;
  const maker: unknown = Object.getPrototypeOf(value) === null ? undefined : value.constructor;
  return typeof maker !== "function" || maker === Object ? "an object" : `a ${maker.name}`;
}
