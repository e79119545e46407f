import type { Permission } from "./permissions";

/** What needs a second person: who may ask for it, who may approve it, and for how long. */
export const APPROVAL_KINDS = {
  "free-issue": { request: "token:free-issue", approve: "token:approve", validHours: 72 },
  "management-token": { request: "token:manage", approve: "token:approve", validHours: 72 },
  "key-import": { request: "key:manage", approve: "key:manage", validHours: 24 },
  refund: { request: "refund:request", approve: "refund:approve", validHours: 168 },
  "tariff-above-reference": {
    request: "tariff:manage",
    approve: "tariff:approve",
    validHours: 168,
  },
  "payout-account": { request: "payout:manage", approve: "payout:manage", validHours: 72 },
  "role-change": { request: "member:manage", approve: "member:manage", validHours: 168 },
} as const satisfies Record<
  string,
  { readonly request: Permission; readonly approve: Permission; readonly validHours: number }
>;

export type ApprovalKind = keyof typeof APPROVAL_KINDS;

/** `waiting` and `approved` end at their expiry, without a change of the row. */
export const APPROVAL_STATES = ["waiting", "approved", "declined", "withdrawn", "used"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** Null for a word that is no kind. */
export function parseApprovalKind(text: string): ApprovalKind | null {
  return text in APPROVAL_KINDS && Object.hasOwn(APPROVAL_KINDS, text)
    ? (text as ApprovalKind)
    : null;
}
