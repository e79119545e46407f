import "server-only";

export { canConnect } from "./can-connect";
export { type Clock, systemClock } from "./clock";
export {
  auditorEnv,
  messageEnv,
  type ProcessName,
  processEnv,
  seedEnv,
  setupEnv,
  signerEnv,
  testEnv,
  webEnv,
  workerEnv,
} from "./env";
export { isId, newId } from "./identifiers";
export { log } from "./log";
export type { Message } from "./message";
export { messageChannels, type Sent, sendMessage } from "./messages";
export { type OutboxMessage, readOutbox } from "./outbox";
export { secondsToWait } from "./rate-limit";
export { missingParts, type Part } from "./readiness";
export { stopWithParent } from "./stop-with-parent";
