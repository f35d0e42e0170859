import { About, EngineStatus, RegisteredEngine } from "../resources/engine.ts";
import { pathParams } from "../schema/path-params.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

export const engineRoutes = {
  about: route({ method: "GET", path: "/about", summary: "Tells what is listening here.", role: "anyone", answer: jsonAnswer(About) }),
  status: route({
    method: "GET",
    path: "/engine/status",
    summary: "Shows how the engine is: pools, plugin processes, missing guards.",
    role: "reader",
    answer: jsonAnswer(EngineStatus),
  }),
};

export const registeredEngineRoutes = {
  ...listing("/management/engines", RegisteredEngine, "engines: this one"),
  show: route({
    method: "GET",
    path: "/management/engines/{engineId}",
    summary: "Shows this engine.",
    role: "reader",
    params: pathParams("engineId"),
    answer: jsonAnswer(RegisteredEngine),
  }),
};
