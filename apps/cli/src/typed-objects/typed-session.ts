import { unreachableReason } from "@opendvp/client";
import { EngineError, isJsonObject, type ApiVersion, type JsonObject } from "@opendvp/model";
import { readAnswer } from "./read-answer.ts";

export const PREFIX = "/resources/json/delphix/";

const CALL_TIMEOUT_MS = 60_000;
const UPLOAD_TIMEOUT_MS = 60 * 60_000;

/** A session of the typed-object API: one cookie, one version. */
export class TypedSession {
  readonly #address: string;
  #cookie: string | undefined;

  private constructor(address: string) {
    this.#address = address;
  }

  /**
   * Opens a session of this version. `address` is a URL without a path.
   * @throws EngineError `ENGINE_UNREACHABLE`, `UNSUPPORTED` where the engine does not speak that version
   */
  static async open(address: string, { major, minor, micro }: ApiVersion): Promise<TypedSession> {
    const session = new TypedSession(address);
    const version = { type: "APIVersion", major, minor, micro };
    await session.post("session", { type: "APISession", version });
    return session;
  }

  /** @throws EngineError `LOGIN_FAILED` */
  async login(username: string, password: string): Promise<void> {
    await this.post("login", { type: "LoginRequest", username, password });
  }

  get(path: string): Promise<JsonObject> {
    return this.#send(PREFIX + path, { method: "GET" });
  }

  post(path: string, body?: JsonObject): Promise<JsonObject> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return this.#send(PREFIX + path, { method: "POST", ...json });
  }

  /** Sends a form to an address that the engine has named. @throws EngineError `INPUT_INVALID` where that is not its own */
  postForm(url: string, form: FormData): Promise<JsonObject> {
    return this.#send(url, { method: "POST", body: form, signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS) });
  }

  async #send(path: string, request: RequestInit): Promise<JsonObject> {
    const url = new URL(path, this.#address);
    if (url.origin !== new URL(this.#address).origin) {
      throw new EngineError(
        "INPUT_INVALID",
        `The engine at ${this.#address} names an address for uploads that is not its own: ${url.origin}.`,
      );
    }
    const headers = {
      ...(request.headers as Record<string, string> | undefined),
      ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
    };
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(CALL_TIMEOUT_MS), ...request, headers }).catch(
      (cause: unknown) => {
        throw unreachable(this.#address, cause);
      },
    );
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(";", 1)[0];
    return readAnswer(response, this.#address);
  }
}

/** The object in an answer. */
export function resultOf(answer: JsonObject): JsonObject {
  const { result } = answer;
  return isJsonObject(result) ? result : {};
}

function unreachable(address: string, cause: unknown): EngineError {
  return new EngineError("ENGINE_UNREACHABLE", `The engine at ${address} cannot be reached: ${unreachableReason(cause)}.`, {
    action: "Check the address, and that the engine runs.",
    details: { address },
    cause,
  });
}
