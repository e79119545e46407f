import { type Logger, pino } from "pino";
import { processEnv } from "./env";

// Names under which a secret or a person could slip into a line. pino matches whole paths, so each
// name is listed at the top and one and two levels down.
const SECRET_NAMES = [
  "authorization",
  "connectionString",
  "cookie",
  "decoderKey",
  "digits",
  "email",
  "meterToken",
  "password",
  "phone",
  "secret",
  "sessionToken",
  "apiToken",
  "token",
  "vendingKey",
];

export const REDACTED_PATHS: readonly string[] = SECRET_NAMES.flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

let root: Logger | undefined;

/** The process's own logger: JSON lines on standard output, secrets replaced by `[hidden]`. */
export function log(): Logger {
  root ??= pino({
    level: processEnv().LOG_LEVEL,
    base: { process: processEnv().VOLTLET_PROCESS },
    redact: { paths: [...REDACTED_PATHS], censor: "[hidden]" },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return root;
}
