import { AUDITOR_CROSSING, SIGNER_CROSSING } from "./catalog-rules-signing";

/** Roles that cross organizations, and exactly the tables on which they do. */
export const CROSSING = {
  voltlet_worker: ["due_work", "outbox"],
  voltlet_auditor: AUDITOR_CROSSING,
  voltlet_signer: SIGNER_CROSSING,
} as const;
