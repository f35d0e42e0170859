import type { JsonObject } from "@opendvp/model";
import type { CommonOptions } from "../command/common-options.ts";
import type { Context } from "../command/context.ts";
import { type ParameterOptions, readParameters } from "./parameters.ts";

/** Parameters that change those there are: single ones are put into them, a whole set replaces them. Undefined: none was given. */
export async function readChangedParameters(
  { terminal, options }: Context<CommonOptions & ParameterOptions>,
  before: JsonObject,
  loadSchema: () => Promise<JsonObject>,
): Promise<JsonObject | undefined> {
  const isWhole = options.params !== undefined || options.paramsFile !== undefined;
  const given = await readParameters(terminal, options, loadSchema);
  return given === undefined || isWhole ? given : { ...before, ...given };
}
