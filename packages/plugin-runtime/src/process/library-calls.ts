import type { PlatformLibraries, RunCommandRequest } from "@opendvp/core";
import { EngineError, isJsonObject, type Json, type JsonObject, type SecretMask } from "@opendvp/model";
import { isLibraryMethod, LIMITS, WIRE_ERROR_CODES, WireError, type LibraryMethod } from "@opendvp/plugin-protocol";
import { readObject, readRunCommand, readRunSync, readText, readTextOrNull } from "./read-library-params.ts";

/** How many library calls of one operation may be under way. */
const CONCURRENCY_LIMIT = 64;
/** The failures that a plugin is likely to pass on: so many of the first ones, and of the last. */
const KEPT_FAILURES = 128;
/** Every secret costs a look at every line. */
const SECRETS_LIMIT = 1024;
const PASSWORD_LIMIT_BYTES = 64 * 1024;
/** What no plugin can do anything about: it ends the operation, whatever the plugin makes of it. */
const ENDS_OPERATION: ReadonlySet<string> = new Set(["INTERNAL", "CATALOG_FAILED", "CATALOG_UNREACHABLE", "SECRET_UNREADABLE"]);

/** Serves the library calls of one operation, and remembers which of its errors are the engine's own. */
export class LibraryCalls {
  readonly #libraries: PlatformLibraries;
  readonly #secrets: SecretMask;
  readonly #failures = new Map<number, EngineError>();
  readonly #underWay = new Set<Promise<unknown>>();
  #bytesUnderWay = 0;
  #outputUnderWay = 0;
  #failed = 0;
  #end: EngineError | undefined;

  /** @param secrets learns what the plugin is told, and keeps it out of the errors */
  constructor(libraries: PlatformLibraries, secrets: SecretMask) {
    this.#libraries = libraries;
    this.#secrets = secrets;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** The first failure of the engine's own that a plugin could not have dealt with. */
  get end(): EngineError | undefined {
    return this.#end;
  }

  /** Resolves when no call is under way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** The engine's error that a plugin passed on, by the number that it was sent with. */
  failure(error: WireError): EngineError | undefined {
    const number = error.code === WIRE_ERROR_CODES.libraryError ? error.data["failure"] : undefined;
    return typeof number === "number" ? this.#failures.get(number) : undefined;
  }

  /** @throws WireError */
  async answer(method: string, params: Json, sizeBytes: number): Promise<Json> {
    try {
      if (!isLibraryMethod(method)) throw new WireError(WIRE_ERROR_CODES.methodNotFound, `The engine has no library ${method}.`);
      if (sizeBytes > LIMITS.libraryCallBytes) throw tooLarge(`The call of ${method}`, sizeBytes);
      if (this.#underWay.size >= CONCURRENCY_LIMIT)
        throw new EngineError("PLUGIN_LIMIT", `More than ${CONCURRENCY_LIMIT} library calls are under way`, {
          action: "Await some of them before the plugin makes more.",
          details: { limit: "library calls", callLimit: CONCURRENCY_LIMIT },
        });
      if (this.#bytesUnderWay + sizeBytes > LIMITS.libraryCallBytes)
        throw tooLarge("All that library calls under way were given", this.#bytesUnderWay + sizeBytes);
      if (!isJsonObject(params)) throw new WireError(WIRE_ERROR_CODES.invalidParams, `The parameters of ${method} are no object.`);
      const result = await this.#underWayWhile(this.#run(method, params), sizeBytes);
      const resultBytes = Buffer.byteLength(JSON.stringify(result));
      if (resultBytes > LIMITS.libraryCallBytes) throw tooLarge(`The answer of ${method}`, resultBytes);
      return result;
    } catch (error) {
      throw error instanceof WireError ? error : this.#toWire(EngineError.from(error));
    }
  }

  async #underWayWhile(call: Promise<Json>, sizeBytes: number): Promise<Json> {
    this.#underWay.add(call);
    this.#bytesUnderWay += sizeBytes;
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
      this.#bytesUnderWay -= sizeBytes;
    }
  }

  async #run(method: LibraryMethod, params: JsonObject): Promise<Json> {
    const libraries = this.#libraries;
    switch (method) {
      case "library/runBash":
        return this.#runCommand(readRunCommand(params), (request) => libraries.runBash(request));
      case "library/runPowershell":
        return this.#runCommand(readRunCommand(params), (request) => libraries.runPowershell(request));
      case "library/runExpect":
        return this.#runCommand(readRunCommand(params), (request) => libraries.runExpect(request));
      case "library/runSync":
        await libraries.runSync(readRunSync(params));
        return null;
      case "library/retrieveCredentials":
        return this.#retrieveCredentials(readObject(params, "credentialsSupplier"));
      case "library/upgradePassword":
        this.#learn(readText(params, "password"));
        return libraries.upgradePassword(readText(params, "password"), readTextOrNull(params, "username"));
    }
  }

  /** Each command may write as much as a call may answer, but so may all of them together: the engine holds it until they end. */
  async #runCommand(request: RunCommandRequest, run: PlatformLibraries["runBash"]): Promise<Json> {
    let ownBytes = 0;
    const countOutput = (bytes: number): void => {
      ownBytes += bytes;
      this.#outputUnderWay += bytes;
      if (this.#outputUnderWay > LIMITS.libraryCallBytes) throw tooLarge("What commands under way wrote together", this.#outputUnderWay);
    };
    try {
      const { exitCode, stdout, stderr } = await run({ ...request, countOutput });
      return { exitCode, stdout, stderr };
    } finally {
      this.#outputUnderWay -= ownBytes;
    }
  }

  async #retrieveCredentials(supplier: JsonObject): Promise<Json> {
    const credentials = await this.#libraries.retrieveCredentials(supplier);
    this.#learn(credentials.type === "password" ? credentials.password : credentials.privateKey);
    return { ...credentials };
  }

  #learn(secret: string): void {
    const actualBytes = Buffer.byteLength(secret);
    if (actualBytes > PASSWORD_LIMIT_BYTES) throw tooLarge("A secret", actualBytes, PASSWORD_LIMIT_BYTES);
    if (this.#secrets.size >= SECRETS_LIMIT)
      throw new EngineError("PLUGIN_LIMIT", `The process has been told ${SECRETS_LIMIT} secrets; it gets no more.`, {
        action: "Retrieve each credential once, and fewer in one operation.",
        details: { limit: "secrets" },
      });
    this.#secrets.add(secret);
  }

  #toWire(unmasked: EngineError): WireError {
    const error = this.#secrets.error(unmasked);
    if (ENDS_OPERATION.has(error.code)) this.#end ??= error;
    this.#failed += 1;
    const failure = this.#failed;
    this.#failures.set(failure, error);
    const forgotten = failure - KEPT_FAILURES;
    if (forgotten > KEPT_FAILURES) this.#failures.delete(forgotten);
    return new WireError(WIRE_ERROR_CODES.libraryError, error.message, { code: error.code, action: error.action, failure });
  }
}

function tooLarge(what: string, actualBytes: number, limitBytes: number = LIMITS.libraryCallBytes): EngineError {
  return new EngineError("PLUGIN_LIMIT", `${what} has ${actualBytes} bytes; ${limitBytes} are allowed.`, {
    action: "Pass less at once, for example through files on the host instead of values.",
    details: { limit: "library call", limitBytes, actualBytes },
  });
}
