// What the database must look like for the two roles that look across organizations at tokens: the
// signer, which makes them, and the auditor, which compares. Part of `catalog-rules.ts`.

/** Tables on which the signer crosses organizations. */
export const SIGNER_CROSSING = [
  "audit_head",
  "audit_link",
  "journal_entry",
  "journal_head",
  "meter",
  "sealed_vending_key",
  "token_reservation",
  "vending_key",
  "vending_key_credit",
  "vending_key_import",
] as const;

/** Tables on which the auditor does, of most of them some columns alone. */
export const AUDITOR_CROSSING = [
  "approval_request",
  "audit_entry",
  "audit_head",
  "audit_link",
  "journal_entry",
  "journal_head",
  "meter_token",
  "organization",
  "purchase",
  "token_reservation",
  "token_set",
] as const;

export const SIGNER_GRANTS = {
  SELECT: [...SIGNER_CROSSING, "installation_mode", "sales_closure"],
  INSERT: [
    "audit_head",
    "journal_entry",
    "journal_head",
    "sales_closure",
    "sealed_vending_key",
    "vending_key",
    "vending_key_credit",
    "vending_key_import",
  ],
} as const;

export const AUDITOR_GRANTS = {
  SELECT: [
    "audit_entry",
    "audit_head",
    "audit_link",
    "journal_entry",
    "journal_head",
    "token_reservation",
  ],
} as const;

const columns = (right: string, table: string, names: readonly string[]) =>
  names.map((name) => `voltlet_${right} ${table}.${name}`);

/**
 * The signer counts a key's credit down, seals what stands anew, and opens sales again; the auditor
 * learns whose a token is, and neither digits nor money, and which organizations there are.
 */
export const SIGNING_COLUMN_GRANTS: readonly string[] = [
  "voltlet_auditor SELECT organization.organization_id",
  ...columns("auditor SELECT", "approval_request", ["id", "kind", "organization_id", "state"]),
  ...columns("auditor SELECT", "meter_token", ["organization_id", "position", "token_set_id"]),
  ...columns("auditor SELECT", "purchase", ["id", "organization_id", "status"]),
  ...columns("auditor SELECT", "token_set", ["approval_id", "id", "meter_id"]),
  ...columns("auditor SELECT", "token_set", ["organization_id", "purchase_id"]),
  ...columns("signer UPDATE", "sales_closure", ["reopened_at"]),
  ...columns("signer UPDATE", "sealed_vending_key", ["nonce", "sealed", "version"]),
  ...columns("signer UPDATE", "vending_key_credit", ["remaining_units"]),
];

/** What the signer alone may call: after a restore it raises what meters have been sold. */
export const SIGNER_FUNCTIONS = ["token_ids_raise"] as const;
