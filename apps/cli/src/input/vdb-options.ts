import type { Command } from "commander";
import type { Hooks } from "@opendvp/contract";
import { repeated } from "../command/add-command.ts";
import { withoutUndefined } from "../command/without-undefined.ts";
import { readHooks } from "./hooks.ts";
import { addParameterOptions, type ParameterOptions } from "./parameters.ts";

/** What every way to make a VDB takes. */
export interface VdbOptions extends ParameterOptions {
  readonly environment?: string;
  readonly repository?: string;
  readonly user?: string;
  readonly description?: string;
  readonly hook?: readonly string[];
  readonly requireThin?: boolean;
}

export function addVdbOptions(command: Command): Command {
  return addParameterOptions(
    command
      .option("--repository <repository>", "the repository that it uses")
      .option("--user <user>", "user of the environment; default: its primary user")
      .option("--description <text>", "what it is")
      .option("--hook <point=command>", "a command of your own, e.g. configure-clone='./mask.sh'; repeatable", repeated)
      .option("--require-thin", "refuse a pool that would make a full copy"),
  );
}

/** The members of the request's body. */
export function vdbBody(options: VdbOptions): Hooks & {
  readonly repository_id?: string;
  readonly environment_user_id?: string;
  readonly description?: string;
  readonly require_thin?: boolean;
} {
  const { repository, user, description, requireThin, hook } = options;
  const given = { repository_id: repository, environment_user_id: user, description, require_thin: requireThin };
  return { ...withoutUndefined(given), ...readHooks(hook) };
}
