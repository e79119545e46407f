import type { MessageKey, Translate } from "@/components/ui/translate";
import type { AuditView } from "@/lib/access";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/access/shared";

const ACTION_KEYS = {
  "organization.created": "auditAction.organizationCreated",
  "organization.changed": "auditAction.organizationChanged",
  "invitation.created": "auditAction.invitationCreated",
  "invitation.approved": "auditAction.invitationApproved",
  "invitation.renewed": "auditAction.invitationRenewed",
  "invitation.revoked": "auditAction.invitationRevoked",
  "invitation.accepted": "auditAction.invitationAccepted",
  "membership.created": "auditAction.membershipCreated",
  "membership.changed": "auditAction.membershipChanged",
  "membership.removed": "auditAction.membershipRemoved",
  "membership.left": "auditAction.membershipLeft",
  "membership.change-void": "auditAction.membershipChangeVoid",
  "support.viewed": "auditAction.supportViewed",
  "support.ended": "auditAction.supportEnded",
  "building.created": "auditAction.buildingCreated",
  "unit.created": "auditAction.unitCreated",
  "unit.beds-added": "auditAction.unitBedsAdded",
  "building.filled": "auditAction.buildingFilled",
  "import.applied": "auditAction.importApplied",
  "import.undone": "auditAction.importUndone",
  "property.exported": "auditAction.propertyExported",
  "meter.created": "auditAction.meterCreated",
  "meter.installed": "auditAction.meterInstalled",
  "meter.taken-out": "auditAction.meterTakenOut",
  "meter.archived": "auditAction.meterArchived",
  "meter.restored": "auditAction.meterRestored",
  "meter.blocked": "auditAction.meterBlocked",
  "meter.unblocked": "auditAction.meterUnblocked",
  "meter.contested": "auditAction.meterContested",
  "meter.verified": "auditAction.meterVerified",
  "meter.number-decided": "auditAction.meterNumberDecided",
  "meter.test-asked": "auditAction.meterTestAsked",
  "meter.test-failed": "auditAction.meterTestFailed",
  "reading.entered": "auditAction.readingEntered",
  "reading.decided": "auditAction.readingDecided",
  "gateway.created": "auditAction.gatewayCreated",
  "gateway.revoked": "auditAction.gatewayRevoked",
  "api-key.created": "auditAction.apiKeyCreated",
  "api-key.revoked": "auditAction.apiKeyRevoked",
  "issue.reserved": "auditAction.issueReserved",
  "purchase.reprinted": "auditAction.purchaseReprinted",
  "tariff.created": "auditAction.tariffCreated",
  "tariff.version-scheduled": "auditAction.tariffVersionScheduled",
  "tariff.version-approved": "auditAction.tariffVersionApproved",
  "tariff.version-withdrawn": "auditAction.tariffVersionWithdrawn",
  "payment-endpoint.created": "auditAction.paymentEndpointCreated",
  "payment-account.added": "auditAction.paymentAccountAdded",
  "payment-account.approved": "auditAction.paymentAccountApproved",
  "payment-account.switched-off": "auditAction.paymentAccountSwitchedOff",
  "payment.decided": "auditAction.paymentDecided",
  "desk.created": "auditAction.deskCreated",
  "desk.ended": "auditAction.deskEnded",
  "shift.opened": "auditAction.shiftOpened",
  "shift.counted": "auditAction.shiftCounted",
  "shift.closed": "auditAction.shiftClosed",
  "cash.paid-in": "auditAction.cashPaidIn",
  "cash.paid-out": "auditAction.cashPaidOut",
  "cash.refunded": "auditAction.cashRefunded",
  "lease.started": "auditAction.leaseStarted",
  "lease.ended": "auditAction.leaseEnded",
  "lease.contact-changed": "auditAction.leaseContactChanged",
  "lease.holder-added": "auditAction.leaseHolderAdded",
  "arrears.charged": "auditAction.arrearsCharged",
  "arrears.written-off": "auditAction.arrearsWrittenOff",
  "arrears.paid": "auditAction.arrearsPaid",
  "deposit.taken": "auditAction.depositTaken",
  "deposit.returned": "auditAction.depositReturned",
  "ledger.closed": "auditAction.ledgerClosed",
  "ledger.reopened": "auditAction.ledgerReopened",
  "resident.invited": "auditAction.residentInvited",
  "resident.invitation-revoked": "auditAction.residentInvitationRevoked",
  "person.password-changed": "auditAction.personPasswordChanged",
  "person.sessions-ended": "auditAction.personSessionsEnded",
  "approval.requested": "auditAction.approvalRequested",
  "approval.edited": "auditAction.approvalEdited",
  "approval.withdrawn": "auditAction.approvalWithdrawn",
  "approval.approved": "auditAction.approvalApproved",
  "approval.declined": "auditAction.approvalDeclined",
  "approval.used": "auditAction.approvalUsed",
  "audit.personal-erased": "auditAction.personalErased",
} as const satisfies Record<AuditAction, MessageKey>;

/** What was done, in words; the action's own name where a newer version wrote it. */
export function actionText(action: string, t: Translate): string {
  const known = AUDIT_ACTIONS.find((one) => one === action);
  return known ? t(ACTION_KEYS[known]) : action;
}

/** The names of values that are worth a word of the reader's; others are shown as they are. */
const VALUE_KEYS: Readonly<Record<string, MessageKey>> = {
  status: "auditValue.status",
  name: "auditValue.name",
  label: "auditValue.label",
  unit: "auditValue.label",
  startsOn: "auditValue.startsOn",
  endsOn: "auditValue.endsOn",
  role: "auditValue.role",
  price: "auditValue.price",
  currency: "auditValue.currency",
  meterNumber: "auditValue.meterNumber",
  state: "auditValue.state",
  provider: "auditValue.provider",
  decision: "auditValue.decision",
  lastFour: "auditValue.lastFour",
  purpose: "auditValue.purpose",
  energyWh: "auditValue.energyWh",
  entries: "auditValue.entries",
  readings: "auditValue.readings",
  legalName: "auditValue.legalName",
  taxNumber: "auditValue.taxNumber",
  address: "auditValue.address",
  contactEmail: "auditValue.contactEmail",
  contactPhone: "auditValue.contactPhone",
  number: "auditValue.number",
  buildings: "auditValue.buildings",
  newBuildings: "auditValue.newBuildings",
  file: "auditValue.file",
  units: "auditValue.units",
  beds: "auditValue.beds",
  meters: "auditValue.meters",
  leases: "auditValue.leases",
  rows: "auditValue.rows",
  endsAt: "auditValue.endsAt",
  hours: "auditValue.hours",
  path: "auditValue.path",
  alone: "auditValue.alone",
  why: "auditValue.why",
};

/** Values whose form in the trail says nothing to a reader: how many buildings, not their ids. */
function valueText(name: string, value: string, t: Translate): string {
  if (name === "alone") return t("auditValue.aloneYes");
  if (name === "endsAt") return `${value.slice(0, 16).replace("T", " ")} UTC`;
  if (name !== "buildings") return value;
  if (value === "all") return t("auditValue.allBuildings");
  return t("auditValue.someBuildings", { count: value.split(" ").filter(Boolean).length });
}

/** Why nobody in person did it and what lets them in are told elsewhere; ids say nothing here. */
const IS_TOLD_ELSEWHERE = /^(?:scope|reason)$|Id$/;

export type ChangeView = {
  readonly key: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Whom it was done to, and each value that was changed or set, with what stood there before. */
export function changesOf(entry: AuditView, t: Translate): readonly ChangeView[] {
  const after = { ...entry.detail, ...entry.after };
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(after)])];
  const values = names
    .filter((name) => !IS_TOLD_ELSEWHERE.test(name))
    .map((name) => {
      const key = VALUE_KEYS[name];
      const label = key ? t(key) : name;
      const textOf = (values: Readonly<Record<string, string>>) =>
        values[name] === undefined ? null : valueText(name, values[name], t);
      return { key: name, label, before: textOf(entry.before), after: textOf(after) };
    });
  return [...subjectOf(entry, t), ...values];
}

/**
 * A member by name, somebody invited by the address while it is not erased. A resident's address is
 * not for everybody who reads the trail.
 */
function subjectOf(entry: AuditView, t: Translate): readonly ChangeView[] {
  const { origin, subjectName } = entry;
  const isInvited = entry.action.startsWith("invitation.");
  const told = isInvited && origin !== null && typeof origin === "object" ? origin : {};
  const name = subjectName === "" ? t("audit.noName") : subjectName;
  return [
    ...(name ? [{ key: "subject", label: t("auditValue.person"), before: null, after: name }] : []),
    ...(told.email
      ? [{ key: "email", label: t("auditValue.email"), before: null, after: told.email }]
      : []),
  ];
}

/** Who did it: a person by name, or the installation and why. */
export function whoText(entry: AuditView, t: Translate): string {
  if (entry.personName !== null) return entry.personName || t("audit.noName");
  return entry.detail.reason
    ? t("audit.systemFor", { reason: entry.detail.reason })
    : t("audit.system");
}

/** From where, as the request said; or why it is not told. Empty where there was no request. */
export function originText(entry: AuditView, t: Translate): string {
  const { origin } = entry;
  if (origin === null) return "";
  if (origin === "erased") return t("audit.originErased");
  if (origin === "changed") return t("audit.originChanged");
  return origin.address ? t("audit.origin", { address: origin.address }) : "";
}
