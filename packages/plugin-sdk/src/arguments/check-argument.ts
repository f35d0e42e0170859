import { IncorrectArgumentTypeError } from "../errors/incorrect-argument-type-error.ts";

/** Names the parameter, what it is and what it must be: a wrong argument is found where it is passed, not on the engine. */
function check(isRight: boolean, place: string, parameter: string, problem: { readonly actual: unknown; readonly expected: string }): void {
  if (!isRight) throw new IncorrectArgumentTypeError(place, parameter, problem);
}

export function checkText(place: string, parameter: string, actual: unknown): void {
  check(typeof actual === "string", place, parameter, { actual, expected: "a string" });
}

export function checkBoolean(place: string, parameter: string, actual: unknown): void {
  check(typeof actual === "boolean", place, parameter, { actual, expected: "a boolean" });
}

export function checkInteger(place: string, parameter: string, actual: unknown): void {
  check(Number.isSafeInteger(actual), place, parameter, { actual, expected: "an integer" });
}

export function checkObject(place: string, parameter: string, actual: unknown): void {
  check(typeof actual === "object" && actual !== null && !Array.isArray(actual), place, parameter, { actual, expected: "an object" });
}

export function checkFunction(place: string, parameter: string, actual: unknown): void {
  check(typeof actual === "function", place, parameter, { actual, expected: "a function" });
}

type Class = abstract new (...parameters: never) => object;

export function checkInstance(place: string, parameter: string, argument: { readonly actual: unknown; readonly of: Class }): void {
  check(argument.actual instanceof argument.of, place, parameter, { actual: argument.actual, expected: `a ${argument.of.name}` });
}

export function checkInstances(place: string, parameter: string, argument: { readonly actual: unknown; readonly of: Class }): void {
  const { actual, of } = argument;
  check(Array.isArray(actual), place, parameter, { actual, expected: `an array of ${of.name}` });
  if (Array.isArray(actual))
    actual.forEach((element: unknown, index) => checkInstance(place, `${parameter}[${index}]`, { actual: element, of }));
}

export function checkTexts(place: string, parameter: string, actual: unknown): void {
  check(Array.isArray(actual), place, parameter, { actual, expected: "an array of strings" });
  if (Array.isArray(actual)) actual.forEach((element: unknown, index) => checkText(place, `${parameter}[${index}]`, element));
}
