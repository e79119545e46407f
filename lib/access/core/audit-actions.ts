/** Everything that leaves an audit row. The page that searches them has words for each. */
export const AUDIT_ACTIONS = [
  "organization.created",
  "membership.created",
  "building.created",
  "unit.created",
  "meter.created",
  "meter.installed",
  "meter.blocked",
  "meter.unblocked",
  "tariff.created",
  "payment-endpoint.created",
  "lease.started",
  "audit.personal-erased",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
