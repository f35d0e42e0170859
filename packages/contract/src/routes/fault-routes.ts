import { Fault } from "../resources/fault.ts";
import { pathParams } from "../schema/path-params.ts";
import { jsonAnswer } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/faults/{faultId}";
const params = pathParams("faultId");

export const faultRoutes = {
  ...listing("/faults", Fault, "faults"),
  show: route({ method: "GET", path: ONE, summary: "Shows a fault.", role: "reader", params, answer: jsonAnswer(Fault) }),
  resolve: route({
    method: "POST",
    path: `${ONE}/resolve`,
    summary: "Tries again what was left unfinished, and marks the fault as resolved.",
    role: "operator",
    params,
    answer: jsonAnswer(Fault),
  }),
};
