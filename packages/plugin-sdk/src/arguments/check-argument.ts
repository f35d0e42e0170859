import { IncorrectArgumentTypeError } from "../errors/incorrect-argument-type-error.ts";

interface Checked {
  readonly actual: unknown;
  readonly expected: string;
  readonly isRight: boolean;
}

/** Names the parameter, what it is and what it must be: a wrong argument is found where it is passed, not on the engine. */
function check(place: string, parameter: string, { isRight, actual, expected }: Checked): void {
  if (!isRight) throw new IncorrectArgumentTypeError(place, parameter, { actual, expected });
}

export function checkText(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, { isRight: typeof actual === "string", actual, expected: "a string" });
}

export function checkBoolean(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, { isRight: typeof actual === "boolean", actual, expected: "a boolean" });
}

export function checkInteger(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, { isRight: Number.isSafeInteger(actual), actual, expected: "an integer" });
}

export function checkObject(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, {
    isRight: typeof actual === "object" && actual !== null && !Array.isArray(actual),
    actual,
    expected: "an object",
  });
}

export function checkFunction(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, { isRight: typeof actual === "function", actual, expected: "a function" });
}

type Class = abstract new (...parameters: never) => object;

export function checkInstance(place: string, parameter: string, argument: { readonly actual: unknown; readonly of: Class }): void {
  check(place, parameter, { isRight: argument.actual instanceof argument.of, actual: argument.actual, expected: `a ${argument.of.name}` });
}

export function checkInstances(place: string, parameter: string, argument: { readonly actual: unknown; readonly of: Class }): void {
  const { actual, of } = argument;
  check(place, parameter, { isRight: Array.isArray(actual), actual, expected: `an array of ${of.name}` });
  if (Array.isArray(actual))
    actual.forEach((element: unknown, index) => checkInstance(place, `${parameter}[${index}]`, { actual: element, of }));
}

export function checkTexts(place: string, parameter: string, actual: unknown): void {
  check(place, parameter, { isRight: Array.isArray(actual), actual, expected: "an array of strings" });
  if (Array.isArray(actual)) actual.forEach((element: unknown, index) => checkText(place, `${parameter}[${index}]`, element));
}
