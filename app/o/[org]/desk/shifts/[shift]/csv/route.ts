import { notFound } from "next/navigation";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { csvAnswer } from "@/app/_view/csv-answer";
import { findShift } from "@/lib/desk";
import { formatMoneyPlain } from "@/lib/money";

type Context = { readonly params: Promise<{ readonly org: string; readonly shift: string }> };

/** The rows of a shift, once its drawer was counted. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { org, shift: shiftId } = await params;
  const { scope } = await requireOrgScope(org, "desk:read");
  const shift = await findShift(scope, shiftId);
  if (!shift || shift.state === "open") notFound();
  const { currency, desk, number } = shift;
  const plain = (amountMinor: bigint | null) =>
    amountMinor === null ? "" : formatMoneyPlain(amountMinor, currency);
  const rows = shift.movements.map((row) => [
    String(row.number),
    row.at.toISOString(),
    row.kind,
    row.purchase?.receiptNumber ?? "",
    row.purchase?.unitLabel ?? "",
    plain(row.amountMinor),
    plain(row.tenderedMinor),
    currency,
    row.note,
  ]);
  const sum = (what: string, amountMinor: bigint | null) => [
    ...["", "", what, "", "", plain(amountMinor), "", currency, ""],
  ];
  return csvAnswer(`D${desk.number}-${number}.csv`, [
    ["row", "at", "kind", "receipt", "unit", "amount", "given", "currency", "note"],
    ...rows,
    sum("expected", shift.sums.expectedMinor),
    sum("counted", shift.counts.at(-1)?.totalMinor ?? null),
  ]);
}
