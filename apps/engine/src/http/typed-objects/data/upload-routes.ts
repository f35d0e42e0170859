import { ROUTES } from "@opendvp/contract";
import { EngineError } from "@opendvp/model";
import { okResult } from "../envelope/result.ts";
import type { TypedContext } from "../typed-context.ts";
import { sessionOf, type TypedRoute } from "../typed-route.ts";
import type { Multipart } from "./read-multipart.ts";

const UPLOAD_URL = "/resources/json/delphix/data/upload";

/** Plugins and toolkits come in two calls: a token is asked for, then the artifact is sent with it. */
export function uploadRoutes({ engine, uploads }: TypedContext): readonly TypedRoute[] {
  return [
    {
      method: "POST",
      path: "toolkit/requestUploadToken",
      access: ROUTES.plugins.upload,
      answer: async (call) => {
        const token = uploads.issue(sessionOf(call), undefined);
        const action = await engine.actions.record(
          { title: "Ask for an upload token", operation: "plugin.upload_token", target: null },
          call.ask,
        );
        return okResult({ type: "FileUploadResult", url: UPLOAD_URL, token }, { action });
      },
    },
    {
      method: "POST",
      path: "data/upload",
      access: ROUTES.plugins.upload,
      body: "multipart",
      answer: async (call) => {
        // A request without a body has no form either.
        const form = call.body as Multipart | undefined;
        const file = form?.files.get("file");
        if (file === undefined || file.length === 0) throw missing("file");
        const token = form?.fields.get("token");
        if (token === undefined) throw missing("token");
        const session = sessionOf(call);
        uploads.take(session, token.trim());
        const { plugin, action, job = null } = await engine.plugins.upload(file, call.ask, { session: session.version });
        return okResult(plugin, { action, job });
      },
    },
  ];
}

function missing(field: string): EngineError {
  return new EngineError("INPUT_INVALID", `The form has no part ${field}, or an empty one.`, {
    action: "Send multipart/form-data with the parts `token` and `file`.",
    details: { in: "body", keyword: "required", field },
  });
}
