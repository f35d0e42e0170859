import { setTimeout as delay } from "node:timers/promises";
import { EngineError, isJsonObject, type Json, type JsonObject } from "@opendvp/model";
import { resultOf, type TypedSession } from "./typed-session.ts";

export interface UploadFollower {
  /** Something that the job says while it works. */
  note(text: string): void;
  readonly pollMs?: number;
}

const POLL_MS = 1000;
const ENDED: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "CANCELED"]);

/**
 * Sends an artifact in a session that is logged in, and waits until it is installed.
 * @throws EngineError why it is refused, or why the job failed that upgrades what uses it
 */
export async function uploadArtifact(session: TypedSession, artifact: Uint8Array, follower: UploadFollower): Promise<void> {
  const { url, token } = resultOf(await session.post("toolkit/requestUploadToken"));
  if (typeof url !== "string" || typeof token !== "string") {
    throw new EngineError("ENGINE_UNREACHABLE", "The engine gives no token for uploads.", { action: "Check the address." });
  }
  const form = new FormData();
  form.append("token", token);
  form.append("file", new Blob([new Uint8Array(artifact)], { type: "application/octet-stream" }), "artifact.json");
  const answer = await session.postForm(url, form);
  await follow(session, answer, follower);
}

/** What is asked for is an action; where it takes long, a job does it. */
async function follow(session: TypedSession, { action, job }: JsonObject, follower: UploadFollower): Promise<void> {
  if (typeof action !== "string") return;
  const hasJob = typeof job === "string";
  const path = `action/${encodeURIComponent(action)}${hasJob ? "/getJob" : ""}`;
  let told = 0;
  for (;;) {
    const state = resultOf(await session.get(path));
    const events = eventsOf(state);
    for (const event of events.slice(told)) if (typeof event["messageDetails"] === "string") follower.note(event["messageDetails"]);
    told = events.length;
    const word = state[hasJob ? "jobState" : "state"];
    if (word === "COMPLETED") return;
    if (typeof word === "string" && ENDED.has(word)) throw failed(state, events);
    await delay(follower.pollMs ?? POLL_MS);
  }
}

function eventsOf(state: JsonObject): readonly JsonObject[] {
  return Array.isArray(state["events"]) ? (state["events"] as readonly Json[]).filter(isJsonObject) : [];
}

function failed(state: JsonObject, events: readonly JsonObject[]): EngineError {
  const last = events.at(-1) ?? {};
  const message = textOf(state["failureDescription"]) ?? textOf(last["messageDetails"]) ?? "The upload failed.";
  const action = textOf(state["failureAction"]) ?? textOf(last["messageAction"]) ?? "";
  return new EngineError("PLUGIN_REFUSED", message, { action });
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
