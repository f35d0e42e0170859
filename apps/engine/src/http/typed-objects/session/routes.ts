import Type from "typebox";
import { okResult } from "../envelope/result.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { typedBody } from "../requests/typed-body.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedRoute } from "../typed-route.ts";
import { checkApiVersion, presentApiVersion } from "./api-version.ts";
import { noSession } from "./no-session.ts";
import type { Session } from "./session.ts";

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const apiSession = typedBody("APISession", {
  version: Type.Object({ type: Type.Literal("APIVersion"), major: Count, minor: Count, micro: Count }),
});

/** A session is begun without a login, and says which version of the API its client speaks. */
export function sessionRoutes({ sessions }: TypedContext): readonly TypedRoute[] {
  return [
    {
      method: "GET",
      path: "session",
      access: "anyone",
      // Clients ask whether they have one.
      failureStatus: 200,
      answer: ({ session }) => {
        if (session === undefined) throw noSession();
        return okResult(presentSession(session));
      },
    },
    {
      method: "POST",
      path: "session",
      access: "anyone",
      answer: ({ session: known, body, giveCookie }) => {
        const version = checkApiVersion(apiSession(body).version);
        const session = known ?? sessions.begin(version);
        session.version = version;
        giveCookie(session.id);
        return okResult(presentSession(session));
      },
    },
  ];
}

function presentSession({ version }: Session): TypedObject {
  return { type: "APISession", version: presentApiVersion(version), locale: null, client: null };
}
