import type { ErrorCode, JsonObject } from "@opendvp/model";

/** A plugin of test/hostile/, and what comes of its operation. */
export interface Hostility {
  readonly name: string;
  readonly code: ErrorCode;
  /** What the message tells. */
  readonly says: RegExp;
  readonly details?: JsonObject;
  readonly timeLimitMs?: number;
}

const outOfTime = (name: string): Hostility => ({
  name,
  code: "TIME_LIMIT",
  says: /did not end within 0\.5 s; its process was ended/,
  timeLimitMs: 500,
});

const outOfMemory = (name: string, says = /needed more than 167772160 bytes of memory and was ended/): Hostility => ({
  name,
  code: "PLUGIN_LIMIT",
  says,
  details: { limit: "memory" },
});

const tooMuchOutput = (name: string): Hostility => ({
  name,
  code: "PLUGIN_LIMIT",
  says: /wrote more than 4194304 bytes of output and was ended/,
  details: { limit: "output" },
});

const outOfProcesses = (name: string): Hostility => ({
  name,
  code: "PLUGIN_LIMIT",
  says: /reached its limit of 48 processes and threads/,
  details: { limit: "processes", processLimit: 48 },
});

const died = (name: string, says: RegExp, details: JsonObject = {}): Hostility => ({ name, code: "PLUGIN_DIED", says, details });
const breach = (name: string, says: RegExp): Hostility => ({ name, code: "PLUGIN_PROTOCOL", says });
const bug = (name: string, says: RegExp): Hostility => ({ name, code: "PLUGIN_BUG", says });
const tooMuch = (name: string, says: RegExp, limit: string): Hostility => ({ name, code: "PLUGIN_LIMIT", says, details: { limit } });

export const HOSTILE_PLUGINS: readonly Hostility[] = [
  outOfTime("loop"),
  outOfTime("async-loop"),
  outOfTime("microtask-storm"),
  outOfTime("wait-in-native-code"),
  outOfTime("stop-itself"),
  outOfTime("answer-late"),
  outOfTime("close-input"),
  outOfTime("never-finish-a-message"),
  outOfTime("pollute-prototypes"),
  { ...outOfTime("fork-bomb"), timeLimitMs: 1500, says: /did not end within 1\.5 s/ },

  outOfMemory("eat-heap"),
  outOfMemory("eat-buffers"),
  outOfMemory("eat-slowly"),
  outOfMemory("eat-in-threads"),
  outOfMemory("fill-temporary-files"),
  outOfMemory("eat-in-a-child", /needed more than 167772160 bytes of memory and failed with "Command failed: tail/),

  tooMuchOutput("flood-stdout"),
  tooMuchOutput("flood-stderr"),
  tooMuchOutput("flood-one-endless-line"),
  tooMuchOutput("flood-log"),
  breach("flood-unread-requests", /answers wait for the other side to read them/),
  { ...outOfTime("flood-small-messages"), timeLimitMs: 1500, says: /did not end within 1\.5 s/ },

  died("exit-zero", /ended with exit code 0 during virtual\.start/, { exitCode: 0 }),
  died("exit-with-last-words", /exit code 3/, { stderr: "my last words" }),
  died("kill-itself", /SIGKILL/),
  died("abort", /SIGABRT/),
  bug("throw-later", /from a timer/),

  breach("close-output", /closed its connection to the engine/),
  breach("write-to-input", /wrote to descriptor 3/),
  breach("write-garbage", /where the header of a message is expected\. It begins with "Hello, I am no message/),
  breach("write-no-json", /no JSON/),
  breach("write-endless-header", /where the header of a message is expected/),
  breach("end-within-a-message", /ended within a message/),
  died("die-within-a-message", /SIGKILL/),
  breach("announce-less-than-nothing", /Content-Length: -4/),
  breach("answer-a-stranger", /never sent \(id 4711\)/),
  breach("answer-without-a-number", /no JSON-RPC 2\.0/),
  breach("answer-another-protocol", /no JSON-RPC 2\.0/),
  breach("answer-a-wrong-error", /no JSON-RPC 2\.0/),
  breach("answer-an-unknown-error", /the protocol does not know: never heard of/),
  breach("patch-json", /no JSON/),
  bug("call-what-does-not-exist", /no library library\/\.\.\/engine\/shutdown/),

  tooMuch("announce-too-much", /A message of 524288000 bytes was announced/, "message"),
  tooMuch("json-bomb", /holds more than 1048576 values/, "structure of a message"),
  tooMuch("nest-without-end", /more than 256 levels deep/, "structure of a message"),
  tooMuch("return-deep-nesting", /more than 256 levels deep/, "structure of a message"),
  tooMuch("return-too-much", /result of virtual\.start has \d+ bytes; 4194304 are allowed/, "operation result"),
  tooMuch("throw-huge-error", /error of the operation has \d+ bytes; 131072 are allowed/, "error"),
  tooMuch("flood-library-calls", /More than 64 library calls are under way/, "library calls"),

  bug("return-cycle", /circular/),
  bug("return-bigint", /BigInt/),
  bug("return-throwing-object", /I am no JSON/),
  bug("throw-nothing", /no Error was thrown: undefined/),
  bug("throw-trap", /cannot be told: looking at it throws/),

  outOfProcesses("fork-until-refused"),
  // Threads need memory, and may come to that limit first.
  { name: "start-threads-until-refused", code: "PLUGIN_LIMIT", says: /needed more than|reached its limit of 48 processes and threads/ },
  { name: "fail-and-leave-child", code: "PLUGIN_USER_ERROR", says: /I fail/ },
  bug("open-descriptors-until-refused", /EMFILE/),
];
