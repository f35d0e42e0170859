import { aboutRoutes } from "./about/routes.ts";
import { actionRoutes } from "./action/routes.ts";
import { downloadRoutes } from "./data/download-routes.ts";
import { uploadRoutes } from "./data/upload-routes.ts";
import { jobRoutes } from "./job/routes.ts";
import { loginRoutes } from "./session/login-routes.ts";
import { sessionRoutes } from "./session/routes.ts";
import { supportBundleRoutes } from "./support-bundle/routes.ts";
import { toolkitRoutes } from "./toolkit/routes.ts";
import type { TypedContext } from "./typed-context.ts";
import type { TypedRoute } from "./typed-route.ts";
import { userRoutes } from "./user/routes.ts";

/** Every call of the typed-object API that this engine answers. */
export function allTypedRoutes(context: TypedContext): readonly TypedRoute[] {
  return [
    ...sessionRoutes(context),
    ...aboutRoutes(context),
    ...loginRoutes(context),
    ...userRoutes(),
    ...uploadRoutes(context),
    ...downloadRoutes(context),
    ...supportBundleRoutes(context),
    ...toolkitRoutes(context),
    ...actionRoutes(context),
    ...jobRoutes(context),
  ];
}
