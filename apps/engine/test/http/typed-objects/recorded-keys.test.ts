import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import { describe, expect, it } from "vitest";
import { installAcmeToolkit } from "./acme-toolkit.ts";
import { DESCRIBED_KEYS, RECORDED_KEYS } from "./recorded-keys.ts";
import { createTypedServer, CURRENT } from "./typed-server.ts";

const RECORDED = resolve(import.meta.dirname, "../../../../../../shared/reference/engine-api-recorded-types.json");

const UNTYPED = new Set(["resources"]);

/** Every typed object in a value, those inside of others included; what plugins define is not looked into. */
function typedObjects(value: Json | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => typedObjects(item));
  if (!isJsonObject(value)) return [];
  const inner = Object.entries(value).flatMap(([name, member]) => (UNTYPED.has(name) ? [] : typedObjects(member)));
  const { type } = value;
  return typeof type === "string" && /^[A-Z]/.test(type) ? [value, ...inner] : inner;
}

/** The answers of every call, good and bad. */
async function everyAnswer(): Promise<JsonObject[]> {
  const { call, engine, logIn } = await createTypedServer();
  const hook = { name: "a", command: "true" };
  engine.objects.datasets.set("APPDATA_CONTAINER-2", { hooks: { "post-refresh": [hook] } });
  const toolkit = installAcmeToolkit(engine);
  const answers: JsonObject[] = [];
  const ask = async (method: string, path: string, body?: object): Promise<JsonObject> => {
    const answer = (await call(method, path, { cookie, body })).json<JsonObject>();
    answers.push(answer);
    return answer;
  };
  const cookie = await logIn();
  await ask("GET", "session");
  await ask("POST", "session", { type: "APISession", version: CURRENT });
  await ask("POST", "session", { type: "APISession", version: { ...CURRENT, major: 2 } });
  await ask("GET", "about");
  await ask("GET", "user/current");
  await ask("POST", "toolkit/requestUploadToken");
  await ask("GET", "toolkit");
  await ask("GET", "toolkit/APPDATA_TOOLKIT-1");
  await ask("GET", `toolkit/${toolkit}`);
  await ask("GET", "toolkit/APPDATA_TOOLKIT-1/listAllSources");
  await ask("POST", "service/support/bundle/generate", {
    type: "SupportBundleGenerateParameters",
    bundleType: "PLUGIN_LOG",
    plugin: "APPDATA_TOOLKIT-1",
  });
  const { action } = await ask("POST", "toolkit/APPDATA_TOOLKIT-1/disableAllSources");
  for (const job of await engine.journal.listJobs()) await engine.jobs.ended(job.reference);
  await ask("GET", `action/${JSON.stringify(action).slice(1, -1)}`);
  await ask("GET", "action");
  await ask("GET", "job");
  await ask("GET", "job/JOB-1");
  await ask("GET", "job/JOB-99");
  await ask("POST", "logout");
  return answers;
}

describe("the answers of the typed-object API", () => {
  it("carry the members of each type, and every type is seen", async () => {
    const keys = { ...RECORDED_KEYS, ...DESCRIBED_KEYS };
    const seen = new Set<string>();
    for (const object of (await everyAnswer()).flatMap(typedObjects)) {
      const type = typeof object["type"] === "string" ? object["type"] : "";
      seen.add(type);
      expect([type, Object.keys(object)]).toEqual([type, expect.arrayContaining([...(keys[type] ?? [`a list of the keys of ${type}`])])]);
    }
    expect([...seen].sort()).toEqual(Object.keys(keys).sort());
  });

  it.skipIf(!existsSync(RECORDED))("carry what the recorded examples carry (needs the reference beside the repository)", () => {
    const recorded = JSON.parse(readFileSync(RECORDED, "utf8")) as Record<string, object>;
    for (const [type, keys] of Object.entries(RECORDED_KEYS))
      expect([type, [...keys].sort()]).toEqual([type, Object.keys(recorded[type] ?? {}).sort()]);
  });
});
