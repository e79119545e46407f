import type { LeaseAccountView } from "@/components/ledger/lease-account";
import type { MessageKey, Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { LEASE_POSTINGS, type LeasePosting, listLeaseAccounts } from "@/lib/ledger";
import { formatMoney } from "@/lib/money";
import { newId } from "@/lib/platform";
import type { BuildingFacts, UnitLease } from "@/lib/property";
import { bookForLeaseAction } from "../../ledger/actions";

const LONGEST_NOTE = 200;

const POSTING_KEYS = {
  "arrears.charged": "leasePosting.charged",
  "arrears.written-off": "leasePosting.writtenOff",
  "arrears.paid": "leasePosting.paid",
  "deposit.taken": "leasePosting.taken",
  "deposit.returned": "leasePosting.returned",
} as const satisfies Record<LeasePosting, MessageKey>;

/** What each lease of a unit owes and has left as a deposit; none for who sees no ledger. */
export async function leaseAccounts(
  leases: readonly UnitLease[],
  context: {
    readonly scope: OrgScope;
    readonly unitId: string;
    readonly building: BuildingFacts;
    readonly t: Translate;
  },
): Promise<readonly LeaseAccountView[]> {
  const { scope, unitId, building, t } = context;
  if (!scope.permissions.includes("ledger:read")) return [];
  const mayBook = scope.permissions.includes("ledger:manage");
  const accounts = await listLeaseAccounts(
    scope,
    leases.map(({ leaseId }) => leaseId),
  );
  const { currency, locale } = building;
  return leases.map(({ leaseId, residentName, startsOn }) => {
    const stands = accounts.find((one) => one.leaseId === leaseId);
    const from = startsOn;
    const query = new URLSearchParams({ lease: leaseId, from, currency }).toString();
    const fact = (account: string, label: string, amountMinor = 0n) => ({
      label,
      valueText: formatMoney({ amountMinor, currency }, locale, {}),
      href: `/o/${scope.slug}/ledger/${account}?${query}`,
    });
    return {
      key: leaseId,
      residentName,
      facts: [
        fact("arrears_receivable", t("leaseAccount.due"), stands?.dueMinor),
        fact("deposits_held", t("leaseAccount.deposit"), stands?.depositMinor),
      ],
      book: mayBook
        ? {
            action: bookForLeaseAction.bind(null, { org: scope.slug, unitId, leaseId }),
            form: bookForm(leaseId, t),
          }
        : null,
    };
  });
}

function bookForm(leaseId: string, t: Translate) {
  return {
    id: `book-${leaseId}`,
    summary: t("leaseAccount.book"),
    submit: t("leaseAccount.submit"),
    // Sent twice it is booked once.
    hidden: [{ name: "id", value: newId() }],
    fields: [
      {
        kind: "one" as const,
        name: "what",
        label: t("leaseAccount.what"),
        choices: LEASE_POSTINGS.map((what) => ({ value: what, label: t(POSTING_KEYS[what]) })),
      },
      {
        kind: "text" as const,
        name: "amount",
        label: t("sales.amount"),
        isRequired: true,
        maxLength: 20,
        inputMode: "decimal" as const,
      },
      {
        kind: "text" as const,
        name: "note",
        label: t("leaseAccount.note"),
        hint: t("leaseAccount.noteHint"),
        isRequired: true,
        maxLength: LONGEST_NOTE,
      },
    ],
  };
}
