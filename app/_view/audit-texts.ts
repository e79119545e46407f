import type { MessageKey, Translate } from "@/components/ui/translate";
import type { AuditView } from "@/lib/access";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/access/shared";

const ACTION_KEYS = {
  "organization.created": "auditAction.organizationCreated",
  "membership.created": "auditAction.membershipCreated",
  "building.created": "auditAction.buildingCreated",
  "unit.created": "auditAction.unitCreated",
  "meter.created": "auditAction.meterCreated",
  "meter.installed": "auditAction.meterInstalled",
  "meter.blocked": "auditAction.meterBlocked",
  "meter.unblocked": "auditAction.meterUnblocked",
  "meter.contested": "auditAction.meterContested",
  "meter.verified": "auditAction.meterVerified",
  "meter.number-decided": "auditAction.meterNumberDecided",
  "meter.test-asked": "auditAction.meterTestAsked",
  "meter.test-failed": "auditAction.meterTestFailed",
  "issue.reserved": "auditAction.issueReserved",
  "tariff.created": "auditAction.tariffCreated",
  "payment-endpoint.created": "auditAction.paymentEndpointCreated",
  "lease.started": "auditAction.leaseStarted",
  "lease.ended": "auditAction.leaseEnded",
  "lease.contact-changed": "auditAction.leaseContactChanged",
  "lease.holder-added": "auditAction.leaseHolderAdded",
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
  role: "auditValue.role",
  price: "auditValue.price",
  currency: "auditValue.currency",
  meterNumber: "auditValue.meterNumber",
  state: "auditValue.state",
  provider: "auditValue.provider",
  purpose: "auditValue.purpose",
  energyWh: "auditValue.energyWh",
  entries: "auditValue.entries",
};

/** Why nobody in person did it and what lets them in are told elsewhere; ids say nothing here. */
const IS_TOLD_ELSEWHERE = /^(?:scope|reason)$|Id$/;

export type ChangeView = {
  readonly key: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** Each value that was changed or set, with what stood there before. */
export function changesOf(entry: AuditView, t: Translate): readonly ChangeView[] {
  const after = { ...entry.detail, ...entry.after };
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(after)])];
  return names
    .filter((name) => !IS_TOLD_ELSEWHERE.test(name))
    .map((name) => {
      const key = VALUE_KEYS[name];
      const label = key ? t(key) : name;
      return { key: name, label, before: entry.before[name] ?? null, after: after[name] ?? null };
    });
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
