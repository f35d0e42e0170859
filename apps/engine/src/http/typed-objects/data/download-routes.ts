import { ROUTES } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import { logArchive } from "../../rest/plugins/log-archive.ts";
import { textOf } from "../requests/query.ts";
import type { TypedContext } from "../typed-context.ts";
import { sessionOf, type TypedRoute } from "../typed-route.ts";

/** Hands out what a token stands for. */
export function downloadRoutes({ engine, downloads }: TypedContext): readonly TypedRoute[] {
  return [
    {
      method: "GET",
      path: "data/downloadOutputStream",
      access: ROUTES.plugins.logs,
      answer: async (call) => {
        const token = textOf(call.query, "token");
        if (token === undefined) throw noToken();
        const { plugin } = downloads.take(sessionOf(call), plainToken(token));
        const { reference, name } = await engine.resolve("plugins", plugin);
        return { fileName: `${reference}-logs.tar.gz`, content: logArchive(name, await engine.plugins.logs(reference), new Date()) };
      },
    },
  ];
}

/** Clients of Python 2 that run on Python 3 put bytes into the address as Python writes them. */
function plainToken(token: string): string {
  return token.trim().replace(/^b'(.*)'$/, "$1");
}

function noToken(): EngineError {
  return new EngineError("INPUT_INVALID", "The query has no token.", {
    action: "Ask for one with POST service/support/bundle/generate.",
    details: { in: "query", keyword: "required", field: "token" },
  });
}
