import { Repository } from "../resources/repository.ts";
import { pathParams } from "../schema/path-params.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

export const repositoryRoutes = {
  ...listing("/repositories", Repository, "repositories"),
  show: route({
    method: "GET",
    path: "/repositories/{repositoryId}",
    summary: "Shows a repository.",
    role: "reader",
    params: pathParams("repositoryId"),
    answer: jsonAnswer(Repository),
  }),
};
