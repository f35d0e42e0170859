import { Pool } from "../resources/pool.ts";
import { pathParams } from "../schema/path-params.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

export const poolRoutes = {
  ...listing("/pools", Pool, "pools"),
  show: route({
    method: "GET",
    path: "/pools/{poolId}",
    summary: "Shows a pool.",
    role: "reader",
    params: pathParams("poolId"),
    answer: jsonAnswer(Pool),
  }),
};
