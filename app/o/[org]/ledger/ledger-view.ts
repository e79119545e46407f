import { formatInstant, type Place } from "@/app/_view/instants";
import type { MonthsView } from "@/components/ledger/ledger-months";
import type { CurrencyView } from "@/components/ledger/trial-balance";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import type { LedgerBalance, LedgerMonth } from "@/lib/ledger";
import { closeMonthAction, reopenMonthAction } from "./actions";
import { ledgerHref } from "./ledger-query";
import { accountText, moneyText, sidesOf } from "./ledger-texts";

type Context = {
  readonly path: string;
  readonly day: string;
  readonly building: string | null;
  readonly locale: string;
  readonly t: Translate;
};

/** Each currency's accounts on their sides, and both sums. */
export function balanceViews(
  balances: readonly LedgerBalance[],
  { path, day, building, locale, t }: Context,
): readonly CurrencyView[] {
  const from = `${day.slice(0, 7)}-01`;
  return [...Map.groupBy(balances, ({ currency }) => currency)].map(([currency, accounts]) => {
    const text = (amountMinor: bigint) => moneyText({ amountMinor, currency }, locale);
    const sides = accounts.map(sidesOf);
    const debitMinor = sides.reduce((sum, side) => sum + side.debitMinor, 0n);
    const creditMinor = sides.reduce((sum, side) => sum + side.creditMinor, 0n);
    return {
      currency,
      rows: accounts.map((balance) => {
        const side = sidesOf(balance);
        const { account } = balance;
        const asked = { from, to: day, building, currency };
        return {
          key: account,
          href: ledgerHref(`${path}/${account}`, asked),
          label: accountText(account, t),
          debitText: side.debitMinor === 0n ? "" : text(side.debitMinor),
          creditText: side.creditMinor === 0n ? "" : text(side.creditMinor),
        };
      }),
      debitText: text(debitMinor),
      creditText: text(creditMinor),
      isEven: debitMinor === creditMinor,
    };
  });
}

/** The months, and the forms that a role may use: to close the next, to open the last again. */
export async function monthsView(
  months: readonly LedgerMonth[],
  context: {
    readonly scope: OrgScope;
    readonly place: Place;
    readonly now: Date;
    readonly t: Translate;
  },
): Promise<MonthsView> {
  const { scope, place, t } = context;
  const people = await findPersons(months.flatMap(({ closedBy }) => closedBy ?? []));
  const mayClose = scope.permissions.includes("ledger:close");
  const next = mayClose ? months.find(({ isNext }) => isNext) : undefined;
  const last = mayClose ? months.find(({ isLastClosed }) => isLastClosed) : undefined;
  const bind = ({ month }: LedgerMonth) => ({ org: scope.slug, month });
  return {
    months: months.map(({ month, state, closedAt, closedBy, seal, transfers, reopened }) => ({
      key: month,
      monthText: monthText(month, place.locale),
      isClosed: state === "closed",
      stateText: t(`ledger.${state}`),
      closedText: closedAt
        ? t("ledger.closedBy", {
            at: formatInstant(closedAt, place),
            name: people.get(closedBy ?? "")?.name || t("audit.noName"),
          })
        : "",
      sealText: seal ? t("ledger.seal", { count: transfers ?? 0, seal }) : "",
      reopenedText: reopened > 0 ? t("ledger.reopened", { count: reopened }) : "",
    })),
    close: next
      ? {
          title: t("ledger.closeTitle", { month: monthText(next.month, place.locale) }),
          action: closeMonthAction.bind(null, bind(next)),
          form: {
            id: "close-month",
            submit: t("ledger.close"),
            fields: [
              {
                kind: "some" as const,
                name: "leaveOpen",
                label: t("ledger.leaveOpen"),
                choices: [{ value: "yes", label: t("ledger.leaveOpenYes") }],
              },
            ],
          },
        }
      : null,
    reopen: last
      ? {
          action: reopenMonthAction.bind(null, bind(last)),
          form: {
            id: "reopen-month",
            submit: t("ledger.reopen"),
            summary: t("ledger.reopenTitle", { month: monthText(last.month, place.locale) }),
            fields: [
              {
                kind: "text" as const,
                name: "reason",
                label: t("ledger.reason"),
                hint: t("ledger.reasonHint"),
                isRequired: true,
                maxLength: 200,
              },
            ],
          },
        }
      : null,
  };
}

/** "November 2026" in the building's own way. */
function monthText(month: string, locale: string): string {
  const style = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(`${month}-01T00:00:00Z`));
}
