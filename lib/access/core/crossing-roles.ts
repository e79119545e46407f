/** Roles that cross organizations, and exactly the tables on which they do. */
export const CROSSING = {
  voltlet_worker: ["due_work", "outbox"],
  voltlet_auditor: ["audit_entry", "audit_head", "audit_link", "organization"],
  voltlet_signer: [
    "audit_head",
    "audit_link",
    "journal_entry",
    "meter",
    "sealed_vending_key",
    "token_reservation",
    "vending_key",
  ],
} as const;
