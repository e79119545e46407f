// What the database must look like, in one place: catalog.db.test.ts reads PostgreSQL's own catalog
// and fails on a table, policy, grant or role that this file does not know.

import { AUDITOR_GRANTS, SIGNER_GRANTS, SIGNING_COLUMN_GRANTS } from "./catalog-rules-signing";

/** Tables that belong to no organization. Where a row points to one, the column is `belongs_to`. */
export const GLOBAL_TABLES = [
  "installation_mode",
  "app_user",
  "sign_in_account",
  "session",
  "verification_token",
  "password_credential",
  "sign_in_challenge",
  "setup_link",
  "api_key_directory",
  "gateway_directory",
  "invitation_directory",
  "lease_contact",
  "membership_directory",
  "meter_directory",
  "meter_wish",
  "purchase_directory",
  "resident_invitation_directory",
  "payment_endpoint",
  "provider_payment",
  "reference_tariff",
  "sales_closure",
] as const;

const READ_BY_WEB_AND_WORKER = [
  "api_key",
  "api_request",
  "api_sale",
  "bed",
  "building",
  "building_day",
  "building_month",
  "desk",
  "desk_building",
  "desk_count",
  "desk_movement",
  "desk_shift",
  "import_batch",
  "import_made",
  "import_row",
  "installation_mode",
  "journal_alarm",
  "lease",
  "lease_arrears",
  "lease_holder",
  "ledger_close",
  "ledger_close_balance",
  "ledger_transfer",
  "membership",
  "meter",
  "meter_directory",
  "meter_installation",
  "meter_test",
  "meter_token",
  "meter_wish",
  "occupancy",
  "occupancy_charge",
  "organization",
  "payment",
  "payment_account",
  "payment_attempt",
  "payment_case",
  "payment_claim",
  "payment_dispute",
  "payment_endpoint",
  "payment_event",
  "purchase",
  "purchase_directory",
  "purchase_event",
  "purchase_reprint",
  "quote",
  "reading",
  "reading_quarantine",
  "reference_tariff",
  "resident",
  "sales_closure",
  "tariff",
  "tariff_version",
  "token_reservation",
  "token_set",
  "unit",
  "unit_credit",
  "usage_day",
  "vending_key",
  "wallet",
] as const;

const INSERTED_BY_WEB = [
  "bed",
  "building",
  "desk",
  "desk_building",
  "import_batch",
  "import_row",
  "installation_mode",
  "lease",
  "lease_holder",
  "membership",
  "membership_directory",
  "meter",
  "meter_installation",
  "occupancy",
  "organization",
  "payment_account",
  "payment_claim",
  "payment_endpoint",
  "purchase_reprint",
  "resident",
  "tariff",
  "tariff_version",
  "unit",
  "wallet",
] as const;

const READ_BY_WEB_ALONE = ["journal_head", "vending_key_credit", "vending_key_import"] as const;

const SIGN_IN = [
  "app_user",
  "password_credential",
  "session",
  "sign_in_account",
  "sign_in_challenge",
  "verification_token",
] as const;

const APPENDED_BY_VEND = [
  "desk_count",
  "desk_movement",
  "journal_alarm",
  "ledger_close",
  "ledger_close_balance",
  "ledger_transfer",
  "meter_token",
  "payment_event",
  "provider_payment",
  "purchase_directory",
  "purchase_event",
  "quote",
  "reading",
  "reading_quarantine",
  "token_reservation",
  "token_set",
] as const;

const CHANGED_BY_VEND = [
  "desk_shift",
  "lease_arrears",
  "meter_directory",
  "meter_key_position",
  "meter_test",
  "meter_wish",
  "occupancy_charge",
  "payment",
  "payment_attempt",
  "payment_case",
  "payment_dispute",
  "purchase",
  "receipt_series",
  "wallet",
] as const;

/** Made anew by the worker from what is on record. */
const PROJECTIONS = ["building_day", "building_month", "unit_credit", "usage_day"] as const;

/** What a sheet makes and its undoing takes out again, beside meters, wallets and readings. */
const IMPORTED = [
  "bed",
  "building",
  "import_made",
  "lease",
  "lease_contact",
  "occupancy",
  "resident",
  "unit",
] as const;

const INVITATIONS = ["invitation", "invitation_building", "invitation_directory"] as const;

const GATEWAYS = ["gateway", "gateway_directory"] as const;

const API_KEYS = ["api_key_building", "api_key_directory"] as const;

const AUDIT = ["audit_entry", "audit_personal"] as const;

type Privilege = "SELECT" | "INSERT" | "UPDATE" | "DELETE";
type Grants = Readonly<Partial<Record<Privilege, readonly string[]>>>;

/**
 * Who may do what on which table. Nobody may truncate, reference or trigger; partitions have none.
 */
export const GRANTS: Readonly<Record<string, Grants>> = {
  voltlet_web: {
    SELECT: [
      ...READ_BY_WEB_AND_WORKER,
      ...READ_BY_WEB_ALONE,
      ...API_KEYS,
      ...AUDIT,
      "approval_request",
      "audit_head",
      "audit_link",
      "due_work",
      ...GATEWAYS,
      ...INVITATIONS,
      "lease_contact",
      "membership_building",
      "practice_checkout",
      "practice_meter",
      "practice_meter_entry",
      "resident_invitation",
      "resident_invitation_directory",
    ],
    INSERT: [
      ...INSERTED_BY_WEB,
      ...API_KEYS,
      "api_key",
      "api_request",
      "api_sale",
      ...AUDIT,
      "approval_request",
      "due_work",
      ...GATEWAYS,
      ...INVITATIONS,
      "lease_contact",
      "membership_building",
      "practice_checkout",
      "practice_meter",
      "practice_meter_entry",
      "resident_invitation",
      "resident_invitation_directory",
    ],
    UPDATE: ["due_work", "practice_checkout", "practice_meter"],
    DELETE: ["audit_personal", "due_work", "lease_contact", "membership", "membership_building"],
  },
  voltlet_worker: {
    SELECT: [
      ...READ_BY_WEB_AND_WORKER,
      ...AUDIT,
      "approval_request",
      "audit_link",
      "due_work",
      "lease_contact",
      "outbox",
      "practice_checkout",
    ],
    INSERT: [...AUDIT, ...PROJECTIONS, "audit_link", "due_work", "practice_checkout"],
    UPDATE: ["due_work", "outbox", "practice_checkout"],
    DELETE: ["api_request", "due_work", "lease_contact", "outbox", ...PROJECTIONS],
  },
  voltlet_signer: SIGNER_GRANTS,
  voltlet_auth: {
    SELECT: [...SIGN_IN, "lease_contact", "membership_directory", "setup_link"],
    INSERT: [...SIGN_IN, "setup_link"],
    UPDATE: [...SIGN_IN, "setup_link"],
    DELETE: [...SIGN_IN, "membership_directory"],
  },
  voltlet_auditor: AUDITOR_GRANTS,
  voltlet_vend: {
    SELECT: [
      ...APPENDED_BY_VEND,
      ...CHANGED_BY_VEND,
      ...IMPORTED,
      ...PROJECTIONS,
      "approval_request",
      "desk",
      "desk_building",
      "due_work",
      "import_batch",
      "installation_mode",
      "journal_entry",
      "journal_watch",
      "lease_holder",
      "meter",
      "meter_installation",
      "outbox",
      "resident_invitation",
      "sales_closure",
      "vending_key",
    ],
    INSERT: [
      ...APPENDED_BY_VEND,
      ...CHANGED_BY_VEND,
      ...IMPORTED,
      "due_work",
      "journal_watch",
      "meter",
      "meter_installation",
      "outbox",
    ],
    UPDATE: [...CHANGED_BY_VEND, "due_work", "journal_watch", "outbox"],
    DELETE: [
      ...IMPORTED,
      ...PROJECTIONS,
      "due_work",
      "meter",
      "meter_directory",
      "meter_installation",
      "outbox",
      "reading",
      "wallet",
    ],
  },
};

const columns = (role: string, table: string, names: readonly string[]) =>
  names.map((name) => `${role} UPDATE ${table}.${name}`);

/**
 * The only column rights: a meter's status may change, what it is may not; a lease and an
 * occupancy may end, not begin anew; a closed month may be opened again; a sheet's file stays what
 * was sent; an invitation may be sent again, accepted or revoked, not turned into another; a key to
 * the API may be revoked, a request to it answered, a quote of it bought; an organization's names
 * may change; an approval's subject and requester stay; of a reading in quarantine its decision; of
 * a tariff's version whether and from when it is in force; the auditor knows which organizations
 * there are, and not what they are
 * called; a desk may be taken out of use.
 */
export const COLUMN_GRANTS: readonly string[] = [
  ...SIGNING_COLUMN_GRANTS,
  ...columns("voltlet_vend", "approval_request", ["state", "used_at"]),
  ...columns("voltlet_vend", "import_batch", ["applied_at", "state", "undone_at"]),
  ...columns("voltlet_vend", "desk", ["closed_at"]),
  ...columns("voltlet_vend", "meter_installation", ["ends_at", "stale_from"]),
  ...columns("voltlet_web", "meter_installation", ["stale_from"]),
  ...columns("voltlet_worker", "meter_installation", ["stale_from"]),
  ...columns("voltlet_web", "api_key", ["last_used_on", "revoked_at", "revoked_by"]),
  ...columns("voltlet_web", "api_request", ["body", "status", "taken_at"]),
  ...columns("voltlet_web", "api_sale", ["bought_by", "client_reference", "payment_reference"]),
  ...columns("voltlet_vend", "ledger_close", ["reopen_reason", "reopened_at", "reopened_by"]),
  ...columns("voltlet_web", "approval_request", ["decided_at", "decided_by", "expires_at"]),
  ...columns("voltlet_web", "approval_request", ["reason", "request", "request_hash"]),
  ...columns("voltlet_web", "approval_request", ["requested_at", "state", "used_at"]),
  ...columns("voltlet_web", "gateway", ["revoked_at", "revoked_by"]),
  ...columns("voltlet_web", "import_batch", ["checked_at", "counts", "day_order", "fault_rows"]),
  ...columns("voltlet_web", "import_batch", ["mapping", "state"]),
  ...columns("voltlet_web", "import_row", ["cells", "faults", "marks"]),
  ...columns("voltlet_worker", "import_batch", ["checked_at", "counts", "fault_rows", "state"]),
  ...columns("voltlet_worker", "import_row", ["faults"]),
  ...columns("voltlet_web", "invitation", ["accepted_at", "accepted_by", "awaits_approval"]),
  ...columns("voltlet_web", "invitation", ["expires_at", "is_mailed", "revoked_at"]),
  ...columns("voltlet_web", "invitation", ["secret_hash"]),
  ...columns("voltlet_web", "lease", ["ends_on"]),
  ...columns("voltlet_web", "membership", ["all_buildings", "ends_at", "role"]),
  ...columns("voltlet_web", "meter", ["status"]),
  ...columns("voltlet_web", "occupancy", ["ends_at"]),
  ...columns("voltlet_web", "organization", ["address", "contact_email", "contact_phone"]),
  ...columns("voltlet_web", "organization", ["legal_name", "name", "tax_number"]),
  ...columns("voltlet_web", "payment_account", ["changed_at", "changed_by", "state"]),
  ...columns("voltlet_web", "payment_claim", ["is_contradicted", "settled_at", "state"]),
  ...columns("voltlet_web", "payment_claim", ["told_at", "told_by"]),
  ...columns("voltlet_worker", "payment_claim", ["settled_at", "state"]),
  ...columns("voltlet_web", "reading_quarantine", ["decided_at", "decided_by", "decision"]),
  ...columns("voltlet_web", "resident", ["email", "phone"]),
  ...columns("voltlet_web", "tariff_version", ["starts_at", "state"]),
  ...columns("voltlet_web", "resident_invitation", ["accepted_at", "accepted_by", "revoked_at"]),
];

/**
 * What a row must match to be seen, word for word: read without a default, so forgetting raises.
 */
export const OWN_ROWS =
  "(organization_id = (current_setting('voltlet.organization_id'::text))::uuid)";
