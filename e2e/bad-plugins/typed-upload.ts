import type { JsonObject } from "@opendvp/model";

const PREFIX = "/resources/json/delphix/";

export interface TypedUser {
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** What the typed-object API answers: `status` is OK or ERROR. */
export interface TypedAnswer {
  readonly status: string;
  readonly job?: string | null;
  readonly error?: { readonly id: string; readonly details: string; readonly action: string };
}

/** A logged-in session of the typed-object API with a token for one upload. */
export interface TypedUpload {
  readonly cookie: string;
  readonly token: string;
  send(artifact: Uint8Array): Promise<TypedAnswer>;
}

/** Opens a session of a version, as existing clients do, logs in, and asks for a token. */
export async function openTypedUpload({ address, username, password }: TypedUser, version = [1, 11, 16]): Promise<TypedUpload> {
  const [major, minor, micro] = version;
  let cookie = "";
  const post = async (path: string, body: string | FormData, headers: Record<string, string>): Promise<JsonObject> => {
    const answer = await fetch(`${address}${PREFIX}${path}`, { method: "POST", body, headers: { ...headers, cookie } });
    cookie = answer.headers.get("set-cookie") ?? cookie;
    return (await answer.json()) as JsonObject;
  };
  const json = { "content-type": "application/json" };
  const opening = { type: "APISession", version: { type: "APIVersion", major, minor, micro } };
  await post("session", JSON.stringify(opening), json);
  await post("login", JSON.stringify({ type: "LoginRequest", username, password }), json);
  const { result } = await post("toolkit/requestUploadToken", "", json);
  const { token } = result as { readonly token: string };
  return {
    cookie,
    token,
    async send(artifact) {
      const form = new FormData();
      form.set("token", token);
      form.set("file", new Blob([new Uint8Array(artifact)]), "artifact.json");
      return (await post("data/upload", form, {})) as unknown as TypedAnswer;
    },
  };
}
