import type { Clock, PluginCall, PluginDescription, PluginVersion } from "@opendvp/core";
import type { EngineError, Json } from "@opendvp/model";
import {
  FRAME_OVERHEAD_BYTES,
  LIMITS,
  METHODS,
  Peer,
  PeerClosedError,
  PROTOCOL_VERSION,
  WIRE_ERROR_CODES,
  WireError,
  isLogLevel,
  isJsonObject,
  type FrameError,
} from "@opendvp/plugin-protocol";
import type { ProcessExit } from "@opendvp/subprocess";
import type { HostProgram } from "../language-host.ts";
import type { Launched } from "../guards/launcher.ts";
import { checkAnswerSize, checkArgumentsSize } from "./check-sizes.ts";
import { brokenFrames, closedPipe, downfallError, outOfMemory, tooMuchOutput, wroteToInput, type Downfall } from "./downfall.ts";
import { interruption } from "./interruption.ts";
import { LibraryCalls } from "./library-calls.ts";
import { operationError } from "./operation-error.ts";
import { placeOf, type OperationPlace } from "./operation-place.ts";
import type { ProcessLog } from "./process-log.ts";
import { readDescription } from "./read-description.ts";
import { limitBehind, whyItEnded } from "./why-it-ended.ts";

const FRAME_LIMIT_BYTES = LIMITS.libraryCallBytes + FRAME_OVERHEAD_BYTES;
const STRUCTURE_LIMITS = { depth: LIMITS.messageDepth, values: LIMITS.messageValues };
const EXIT_GRACE_MS = 500;
const OUTPUT_GRACE_MS = 250;
/** Each costs a look at every line; a process that serves ever new datasets is replaced in time. */
const KNOWN_SECRETS_LIMIT = 256;

export interface PluginProcessOptions {
  readonly plugin: PluginVersion;
  readonly launched: Launched;
  readonly log: ProcessLog;
  readonly clock: Clock;
  /** How long a cancelled operation may take to end by itself. */
  readonly cancelGraceMs: number;
  readonly memoryLimitBytes: number;
  readonly processLimit: number;
  readonly outputLimitBytes: number;
  /** Of its language. */
  readonly program: HostProgram;
}

/** One plugin process, from its start to its end. It runs one operation at a time; the pool sees to that. */
export class PluginProcess {
  readonly #options: PluginProcessOptions;
  readonly #peer: Peer;
  readonly #gone: Promise<Downfall>;
  #exit: ProcessExit | undefined;
  #downfall: Downfall | undefined;
  #calls: LibraryCalls | undefined;
  #ending: Promise<void> | undefined;

  constructor(options: PluginProcessOptions) {
    this.#options = options;
    const { process } = options.launched;
    const [input, output] = [process.pipes[1], process.pipes[0]];
    if (input === undefined || output === undefined) throw new TypeError("A plugin process is started with two pipes.");
    options.log.onTooMuch = () => this.#exceed(tooMuchOutput(options.outputLimitBytes));
    options.log.follow(process.stdout, "INFO");
    options.log.follow(process.stderr, "WARNING");
    this.#peer = new Peer({
      input,
      output,
      frameLimitBytes: FRAME_LIMIT_BYTES,
      structureLimits: STRUCTURE_LIMITS,
      onRequest: (method, params, { sizeBytes }) => this.#answerLibraryCall(method, params, sizeBytes),
      onNotification: (method, params, sizeBytes) => {
        if (method === METHODS.log) this.#writeLog(params);
        options.log.holdBack(this.#peer, sizeBytes);
      },
      onMessage: () => options.log.countMessage(this.#peer),
      onClosed: (error) => void this.#connectionClosed(error),
    });
    // What is a pipe for the plugin is a socket for the engine: it has to read, to see the end of it.
    output.once("data", () => this.#exceed(wroteToInput));
    this.#gone = this.#burial();
  }

  get pid(): number {
    return this.#options.launched.process.pid;
  }

  get isUsable(): boolean {
    return this.#downfall === undefined && this.#ending === undefined;
  }

  /**
   * Whether another operation may run in it: nothing that the former ones wrote is still to be read, and they came to none of its
   * limits. The kernel counts that for as long as the process lives, so that the mistake of a later one would be put down to it.
   */
  get isReusable(): boolean {
    const { launched, log } = this.#options;
    if (!this.isUsable || !log.isDrained || log.secrets.size > KNOWN_SECRETS_LIMIT) return false;
    return !launched.wasOutOfMemory() && !launched.wasOutOfProcesses();
  }

  /** Resolves when the process has ended, for whatever reason. */
  async gone(): Promise<void> {
    await this.#gone;
  }

  /** @throws EngineError */
  async initialize(call: PluginCall): Promise<PluginDescription> {
    const { plugin, launched } = this.#options;
    const { entryPoint, pluginType } = plugin;
    const params = { protocolVersion: PROTOCOL_VERSION, entryPoint, sourceDirectory: launched.sourceDirectory, pluginType };
    return readDescription(plugin, await this.#exchange(call, placeOf(plugin, METHODS.initialize), params));
  }

  /** @throws EngineError; whatever ends the operation, it has ended when this settles */
  async run(call: PluginCall): Promise<Json> {
    const place = placeOf(call.plugin, call.operation);
    checkArgumentsSize(place, call.arguments);
    const answer = this.#exchange(call, place, call.arguments);
    await this.#trace(call, answer);
    return answer;
  }

  /** `dvp test` reads from these lines what was called, in which order and for how long. */
  async #trace({ operation, signal }: PluginCall, answer: Promise<Json>): Promise<void> {
    const { clock, log } = this.#options;
    const beganAtMs = clock.monotonicMs();
    const outcome = await answer.then(
      () => "answered",
      () => (signal.aborted ? "was cancelled" : "failed"),
    );
    log.trace(`${operation} ${outcome} after ${Math.round(clock.monotonicMs() - beganAtMs)} ms`);
  }

  /** Ends it for what it uses. */
  exceedMemory(): void {
    this.#exceed(outOfMemory(this.#options.memoryLimitBytes, "was ended"));
  }

  /** Ends an idle process, and tells the plugin's log why. */
  dismiss(complaint: string): void {
    this.#options.log.write("WARNING", `The process is ended: ${complaint}.`);
    void this.end();
  }

  /** Ends the process kindly, if it lets itself, after its last words. */
  async shutDown(): Promise<void> {
    if (this.isUsable) {
      await Promise.race([this.#options.log.drained(), this.#options.clock.sleep(EXIT_GRACE_MS)]);
      void this.#peer.request(METHODS.shutdown, null).catch(() => undefined);
      await Promise.race([this.#options.launched.process.exited, this.#options.clock.sleep(EXIT_GRACE_MS)]);
    }
    await this.end();
  }

  /** Ends the process and everything that it started. */
  end(): Promise<void> {
    this.#ending ??= this.#endEverything();
    return this.#ending;
  }

  #exceed(limit: Downfall): void {
    this.#downfall ??= limit;
    void this.end();
  }

  /** Looking through the machine's processes is spared where the first process of a PID namespace has come to its own end. */
  async #endEverything(): Promise<void> {
    const { process, isContained } = this.#options.launched;
    if (!isContained || this.#exit?.signal !== null) await process.end();
    await this.#gone;
  }

  async #exchange(call: PluginCall, place: OperationPlace, params: Json): Promise<Json> {
    const { clock, log, cancelGraceMs } = this.#options;
    const calls = new LibraryCalls(call.libraries, log.secrets);
    const [cancel, done] = [new AbortController(), new AbortController()];
    this.#calls = calls;
    log.begin(call);
    const answer = this.#ask(place, params, { calls, signal: cancel.signal });
    try {
      const outcome = await Promise.race([answer, interruption(call, place, { clock, done: done.signal })]);
      if ("answer" in outcome) return outcome.answer;
      if ("error" in outcome) throw outcome.error;
      cancel.abort();
      await Promise.race([answer, clock.sleep(cancelGraceMs)]);
      await this.end();
      throw outcome;
    } finally {
      done.abort();
      this.#calls = undefined;
      log.flush();
    }
  }

  /** Resolves with what came of a request, when all library calls that belong to it have ended too. */
  async #ask(
    place: OperationPlace,
    params: Json,
    { calls, signal }: { readonly calls: LibraryCalls; readonly signal: AbortSignal },
  ): Promise<{ readonly answer: Json } | { readonly error: EngineError }> {
    try {
      const answer = await this.#peer.request(place.operation, params, { signal, checkAnswer: (size) => checkAnswerSize(place, size) });
      await this.#waitForStragglers(calls);
      return calls.end === undefined ? { answer } : { error: calls.end };
    } catch (error) {
      if (error instanceof PeerClosedError) return { error: downfallError(place, await this.#gone, this.#options.log.lastStderr) };
      await this.#waitForStragglers(calls);
      if (!(error instanceof WireError)) return { error: error as EngineError };
      if (error.data["isLast"] === true) void this.end();
      this.#traceStack(place, error);
      return { error: calls.end ?? calls.failure(error) ?? this.#ownError(place, this.#masked(error)) };
    }
  }

  #ownError(place: OperationPlace, error: WireError): EngineError {
    const limit = error.code === WIRE_ERROR_CODES.pluginBug ? limitBehind(this.#options, error.message) : undefined;
    return limit === undefined ? operationError(place, error) : downfallError(place, limit, this.#options.log.lastStderr);
  }

  /** What a plugin says, before any of it becomes the engine's words. */
  #masked({ code, message, data }: WireError): WireError {
    const { secrets } = this.#options.log;
    return new WireError(code, secrets.text(message), secrets.json(data));
  }

  /** Whoever loads a plugin gets the stack with the error. */
  #traceStack({ operation }: OperationPlace, { data: { stack } }: WireError): void {
    if (operation === METHODS.initialize) return;
    if (typeof stack === "string" && stack !== "") this.#options.log.trace(`${operation} failed: ${stack}`);
  }

  async #waitForStragglers(calls: LibraryCalls): Promise<void> {
    if (calls.underWay === 0) return;
    this.#options.log.write(
      "WARNING",
      `The operation has answered while ${calls.underWay} of its library calls were under way; await them in the plugin.`,
    );
    await calls.settled();
  }

  async #answerLibraryCall(method: string, params: Json, sizeBytes: number): Promise<Json> {
    const calls = this.#calls;
    if (calls === undefined)
      throw new WireError(WIRE_ERROR_CODES.invalidRequest, `${method} can be called while an operation runs, not at another time.`);
    return calls.answer(method, params, sizeBytes);
  }

  #writeLog(params: Json): void {
    if (!isJsonObject(params)) return;
    const { level, message } = params;
    if (isLogLevel(level) && typeof message === "string") this.#options.log.write(level, message);
  }

  async #connectionClosed(error: FrameError | undefined): Promise<void> {
    const { launched, clock } = this.#options;
    const breach = error && brokenFrames(error, FRAME_LIMIT_BYTES, this.#options.log.secrets);
    if (error !== undefined && error.kind !== "cutOff") this.#downfall ??= breach;
    else {
      const hasExited = await Promise.race([launched.process.exited.then(() => true), clock.sleep(EXIT_GRACE_MS).then(() => false)]);
      if (!hasExited) this.#downfall ??= breach ?? closedPipe;
    }
    await this.end();
  }

  /** Waits for the end, then for the last words. */
  async #burial(): Promise<Downfall> {
    const { launched, clock, log } = this.#options;
    const exit = await launched.process.exited;
    this.#exit = exit;
    await Promise.race([log.ended(), clock.sleep(OUTPUT_GRACE_MS)]);
    this.#downfall ??= whyItEnded(this.#options, { exit, stderr: log.lastStderr });
    log.flush();
    await launched.release();
    return this.#downfall;
  }
}
