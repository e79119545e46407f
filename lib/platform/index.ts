import "server-only";

export { canConnect } from "./can-connect";
export { type Clock, systemClock } from "./clock";
export {
  auditorEnv,
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
export { missingParts, type Part } from "./readiness";
export { stopWithParent } from "./stop-with-parent";
