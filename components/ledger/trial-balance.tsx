import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";

export type CurrencyView = {
  readonly currency: string;
  readonly rows: readonly {
    readonly key: string;
    readonly href: string;
    readonly label: string;
    readonly debitText: string;
    readonly creditText: string;
  }[];
  readonly debitText: string;
  readonly creditText: string;
  readonly isEven: boolean;
};

/** One currency's accounts on two sides, with both sums beneath: they are the same. */
export function TrialBalance({ view, t }: { readonly view: CurrencyView; readonly t: Translate }) {
  const sum = {
    key: "sum",
    cells: {
      account: <strong>{t(view.isEven ? "ledger.sumEven" : "ledger.sumUneven")}</strong>,
      debit: <strong>{view.debitText}</strong>,
      credit: <strong>{view.creditText}</strong>,
    },
  };
  const rows = view.rows.map((row) => ({
    key: row.key,
    cells: {
      account: (
        <a
          href={row.href}
          className="underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {row.label}
        </a>
      ),
      debit: <bdi>{row.debitText}</bdi>,
      credit: <bdi>{row.creditText}</bdi>,
    },
  }));
  return (
    <Table
      caption={t("ledger.balanceIn", { currency: view.currency })}
      columns={[
        { key: "account", label: t("ledger.account") },
        { key: "debit", label: t("ledger.debit"), isNumber: true },
        { key: "credit", label: t("ledger.credit"), isNumber: true },
      ]}
      rows={[...rows, sum]}
    />
  );
}
