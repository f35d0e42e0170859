import { pino, type Logger } from "pino";

/** The engine's log, on standard error. */
export function createEngineLog(): Logger {
  const redact = { paths: ["*.password", "*.key", "*.variables", "req.headers.authorization"], censor: "********" };
  return pino({ level: process.env["OPENDVP_LOG_LEVEL"] ?? "info", redact }, pino.destination(2));
}
