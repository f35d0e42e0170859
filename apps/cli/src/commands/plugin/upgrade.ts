import type { UpgradePreview } from "@opendvp/contract";
import { EngineError, isErrorCode } from "@opendvp/model";
import type { Command } from "commander";
import { addCommand, noWait } from "../../command/add-command.ts";
import type { Context } from "../../command/context.ts";
import { finishUpload, type UploadOptions } from "../../command/finish-upload.ts";
import { runs } from "../../command/runs.ts";
import { readArtifactFile } from "../../input/artifact-file.ts";
import { confirm } from "../../input/confirm.ts";
import { formatPreview } from "../../output/format-preview.ts";
import type { Terminal } from "../../terminal.ts";

interface Options extends UploadOptions {
  readonly check?: boolean;
  readonly exposePasswords?: boolean;
}

export function addPluginUpgrade(plugin: Command, terminal: Terminal): void {
  const command = addCommand(plugin, "upgrade <artifact>", "Upgrade a plugin and the data of its objects; datasets stay up.")
    .option("--check", "only say what would happen to every object; changes nothing")
    .option("--expose-passwords", "do not ask where passwords become readable")
    .addOption(noWait());
  runs<Options>(command, terminal, async (context, path) => {
    const body = await readArtifactFile(path, "Make it with `dvp build`, or name another one.");
    const client = await context.client();
    const preview = await client.plugins.upgradePreview({ body });
    if (context.options.check === true) {
      tell(context, preview);
      return;
    }
    const why = reason(preview);
    if (why !== undefined) throw why;
    const exposed = preview.values.filter(({ exposed_passwords: paths }) => paths.length > 0);
    for (const { description, exposed_passwords: paths } of exposed)
      context.note(`Readable for everybody: ${paths.join(", ")} of ${description}`);
    if (exposed.length > 0) await confirm(terminal, "Make these passwords readable?", context.options.exposePasswords);
    const query = exposed.length > 0 ? { expose_passwords: true } : {};
    await finishUpload(context, client, await client.plugins.upload({ body, query }));
  });
}

/** @throws EngineError why it cannot be upgraded, so that a script sees it by the exit code */
function tell(context: Context<Options>, preview: UpgradePreview): void {
  for (const warning of preview.warnings) context.note(`Warning: ${warning}`);
  context.print(preview, () => formatPreview(preview));
  const why = reason(preview);
  if (why !== undefined) throw why;
}

function reason({ installed, error, values, name, build_number: buildNumber }: UpgradePreview): EngineError | undefined {
  if (error !== null) return rebuilt(error);
  if (installed.length === 0) {
    return new EngineError("NOT_FOUND", `There is nothing that ${name} ${buildNumber} could upgrade.`, {
      action: "Install it with `dvp upload`.",
    });
  }
  const failing = values.flatMap((value) => value.error ?? []);
  const [first] = failing;
  if (first === undefined) return undefined;
  const others = failing.length - 1;
  const more = others === 0 ? "" : ` ${others === 1 ? "1 other value" : `${String(others)} other values`} cannot be upgraded either.`;
  return rebuilt({ ...first, message: `${first.message}${more}` });
}

function rebuilt({ code, message, action, details }: NonNullable<UpgradePreview["error"]>): EngineError {
  return isErrorCode(code)
    ? new EngineError(code, message, { action, details })
    : new EngineError("INTERNAL", message, { action, details });
}
