import { okResult } from "../envelope/result.ts";
import type { TypedObject } from "../envelope/typed-object.ts";
import { CURRENT_API_VERSION, presentApiVersion } from "../session/api-version.ts";
import type { TypedContext } from "../typed-context.ts";
import type { TypedRoute } from "../typed-route.ts";

const PRODUCT = "OpenDVP";
const LOCALES = ["en-US"] as const;

/** What clients look at before they log in. */
export function aboutRoutes(context: TypedContext): readonly TypedRoute[] {
  return [{ method: "GET", path: "about", access: "anyone", answer: () => okResult(presentAbout(context)) }];
}

function presentAbout({ version, startedAt }: TypedContext): TypedObject {
  return {
    type: "PublicSystemInfo",
    apiVersion: presentApiVersion(CURRENT_API_VERSION),
    buildTitle: `${PRODUCT} ${version}`,
    buildVersion: presentVersion(version),
    // When it was built is not kept: since when it runs.
    buildTimestamp: startedAt.toISOString(),
    configured: true,
    currentLocale: LOCALES[0],
    enabledFeatures: [],
    locales: [...LOCALES],
    productName: PRODUCT,
    productType: "standard",
  };
}

function presentVersion(version: string): TypedObject {
  const [major = 0, minor = 0, micro = 0] = version.split(/[.-]/).map(Number);
  return { type: "VersionInfo", major, minor, micro, patch: 0 };
}
