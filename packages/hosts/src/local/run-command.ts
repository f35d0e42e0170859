import type { CommandResult, HostCommand } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runProcess, type ProcessInput } from "@opendvp/subprocess";
import { commandEnvironment, findProgram } from "./command-environment.ts";
import { commandPrologue, RUN_BASH, RUN_EXPECT } from "./command-script.ts";
import type { HostUser } from "./host-users.ts";

const DEFAULT_OUTPUT_LIMIT_BYTES = 192 * 1024 * 1024;

/** Runs a command as a user. Neither the command nor its variables are in an argument list, nor in an environment that root's programs see. */
export function runCommand(command: HostCommand, user: HostUser): Promise<CommandResult> {
  const { args, inputTexts } = interpret(command);
  return runProcess({
    file: "bash",
    args,
    inputTexts,
    label: `The command of user ${user.userName}`,
    env: commandEnvironment(user),
    // The user's home is entered by the user: root may not be able to, or may where the user may not.
    cwd: "/",
    asUser: user,
    stdin: inputOf(command),
    outputLimitBytes: command.outputLimitBytes ?? DEFAULT_OUTPUT_LIMIT_BYTES,
    ...(command.countOutput === undefined ? {} : { countOutput: command.countOutput }),
    ...(command.mark === undefined ? {} : { mark: command.mark }),
    ...(command.signal === undefined ? {} : { signal: command.signal }),
    ...(command.timeLimitMs === undefined ? {} : { timeLimitMs: command.timeLimitMs }),
  });
}

function interpret(command: HostCommand): { readonly args: string[]; readonly inputTexts: string[] } {
  const variables = command.variables ?? {};
  if (command.interpreter === "expect") {
    requireExpect();
    return { args: ["-c", RUN_EXPECT], inputTexts: [commandPrologue(variables), command.command] };
  }
  const login = command.interpreter === "login-bash" ? ["-l"] : [];
  return { args: [...login, "-c", RUN_BASH], inputTexts: [commandPrologue(variables, command.command)] };
}

function inputOf(command: HostCommand): ProcessInput {
  return typeof command.stdin === "string" ? { text: command.stdin } : (command.stdin ?? "ignore");
}

function requireExpect(): void {
  if (findProgram("expect") !== undefined) return;
  throw new EngineError("HOST_COMMAND_FAILED", "expect is not installed on this host.", {
    action: "Install it, on Debian with: apt-get install expect",
  });
}
