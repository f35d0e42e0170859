import { ROUTES } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import Type from "typebox";
import { dataResult } from "../envelope/result.ts";
import { typedBody } from "../requests/typed-body.ts";
import type { TypedContext } from "../typed-context.ts";
import { sessionOf, type TypedRoute } from "../typed-route.ts";

const Text = Type.String({ minLength: 1, maxLength: 256 });
const parameters = typedBody("SupportBundleGenerateParameters", { bundleType: Text, plugin: Type.Optional(Text) });

/** A bundle is put together when it is fetched; until then there is only its token. */
export function supportBundleRoutes({ engine, downloads }: TypedContext): readonly TypedRoute[] {
  return [
    {
      method: "POST",
      path: "service/support/bundle/generate",
      access: ROUTES.plugins.logs,
      answer: async (call) => {
        const { bundleType, plugin } = parameters(call.body);
        if (bundleType !== "PLUGIN_LOG") throw unknownBundle(bundleType);
        if (plugin === undefined) throw noPlugin();
        const { reference, name } = await engine.resolve("plugins", plugin);
        const token = downloads.issue(sessionOf(call), { plugin: reference });
        const action = await engine.actions.record(
          { title: `Hand out the logs of plugin ${name}`, operation: "plugin.logs", target: reference },
          call.ask,
        );
        return dataResult(token, { action });
      },
    },
  ];
}

function unknownBundle(bundleType: string): EngineError {
  return new EngineError("UNSUPPORTED", `This engine makes no support bundles of the type ${JSON.stringify(bundleType.slice(0, 80))}.`, {
    action: "Ask for bundleType PLUGIN_LOG, with the plugin's reference.",
  });
}

function noPlugin(): EngineError {
  return new EngineError("INPUT_INVALID", "A bundle of type PLUGIN_LOG is about one plugin.", {
    action: "Give the plugin's reference, such as APPDATA_TOOLKIT-1.",
    details: { in: "body", keyword: "required", field: "plugin" },
  });
}
