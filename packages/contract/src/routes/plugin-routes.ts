import Type from "typebox";
import { Job } from "../resources/job.ts";
import { Plugin, Toolkit, UpgradePreview } from "../resources/plugin.ts";
import { nullable } from "../schema/nullable.ts";
import { pathParams } from "../schema/path-params.ts";
import { Id } from "../schema/texts.ts";
import { jobAnswer } from "./job-answer.ts";
import { jsonAnswer, NOTHING } from "./json-answer.ts";
import { listing } from "./listing.ts";
import { route } from "./route.ts";

const ONE = "/plugins/{pluginId}";
const params = pathParams("pluginId");

/** The largest artifact that an engine takes in. */
export const LONGEST_ARTIFACT_BYTES = 64 * 1024 * 1024;

const Exposing = Type.Object(
  {
    expose_passwords: Type.Optional(
      Type.Boolean({ description: "Upgrade also where that makes passwords readable, which `upgrade_preview` lists." }),
    ),
  },
  { additionalProperties: false },
);

export const pluginRoutes = {
  ...listing("/plugins", Plugin, "plugins"),
  show: route({ method: "GET", path: ONE, summary: "Shows a plugin.", role: "reader", params, answer: jsonAnswer(Plugin) }),
  upload: route({
    method: "POST",
    path: "/plugins",
    summary: "Installs a plugin from its artifact.",
    description:
      "The body is what `dvp build` wrote. Where a version of the plugin is installed, a job upgrades it. A lower build number is refused; the same is allowed.",
    role: "admin",
    query: Exposing,
    body: { kind: "bytes", longestBytes: LONGEST_ARTIFACT_BYTES },
    answer: jsonAnswer(Type.Object({ plugin_id: Id, action_id: Id, job: nullable(Job), warnings: Type.Array(Type.String()) }), 201),
  }),
  upgradePreview: route({
    method: "POST",
    path: "/plugins/upgrade_preview",
    summary: "Tells what uploading an artifact would do to every object of the installed version.",
    description: "The migrations run on copies, in processes of their own. Changes nothing.",
    role: "admin",
    body: { kind: "bytes", longestBytes: LONGEST_ARTIFACT_BYTES },
    answer: jsonAnswer(UpgradePreview),
  }),
  activate: route({
    method: "POST",
    path: `${ONE}/activate`,
    summary: "Makes the objects of an inactive version objects of the active one, which upgrades them.",
    description:
      "Waits until no operation on the objects of either version is under way. Where no version is active, the inactive one becomes it as it is. plugin_id is what goes on.",
    role: "admin",
    params,
    query: Exposing,
    answer: jobAnswer({ plugin_id: Id }),
  }),
  logs: route({
    method: "GET",
    path: `${ONE}/logs`,
    summary: "Downloads the log files of a plugin as a .tar.gz.",
    role: "operator",
    params,
    answer: { kind: "file", status: 200, contentType: "application/gzip" },
  }),
  delete: route({ method: "DELETE", path: ONE, summary: "Deletes a plugin that no dataset uses.", role: "admin", params, answer: NOTHING }),
};

export const toolkitRoutes = {
  ...listing("/toolkits", Toolkit, "toolkits"),
  show: route({
    method: "GET",
    path: "/toolkits/{toolkitId}",
    summary: "Shows a plugin as a toolkit.",
    role: "reader",
    params: pathParams("toolkitId"),
    answer: jsonAnswer(Toolkit),
  }),
};
