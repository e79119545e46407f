import { formatInstant } from "@/app/_view/instants";
import type { RowsPageView } from "@/components/reconciliation/rows-page";
import type { Column } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import type { BuildingFacts } from "@/lib/property";
import type { Figure, FigureRow, FigureRows } from "@/lib/reconciliation";
import { basisText, FIGURE_KEYS, kwhText, moneyText, monthText } from "../sheet-texts";
import { whenText } from "../sheet-view";

type Found = {
  readonly building: BuildingFacts;
  readonly span: { readonly month: string };
  readonly value: FigureRows;
};

type Context = {
  readonly org: string;
  readonly path: string;
  readonly figure: Figure;
  /** From 0. */
  readonly page: number;
  readonly pageSize: number;
  readonly scope: OrgScope;
  readonly now: Date;
  readonly t: Translate;
};

const EXACT = 3;

/** The rows of a figure with the columns that it has, and its sum over all pages. */
export function rowsView(found: Found, context: Context): RowsPageView {
  const { building, span, value } = found;
  const { path, figure, page, pageSize, now, t } = context;
  const hrefOf = (shown: number) =>
    `${path}/rows?figure=${figure}&month=${span.month}&page=${shown + 1}`;
  return {
    title: t("reconciliation.rowsTitle", { figure: t(FIGURE_KEYS[figure]) }),
    placeText: `${building.name}, ${monthText(span.month, building)}`,
    printedText: t("reconciliation.sheetOf", { day: formatInstant(now, building) }),
    backHref: `${path}?month=${span.month}`,
    columns: columnsOf(figure, building, t),
    rows: value.rows.map((row) => ({ key: row.key, cells: cellsOf(row, found, context) })),
    sumLabel: t("reconciliation.rowsSum", { count: value.count }),
    sumTexts: sumsOf(figure, found, t),
    previousHref: page > 0 ? hrefOf(page - 1) : null,
    nextHref: (page + 1) * pageSize < value.count ? hrefOf(page + 1) : null,
  };
}

const isEnergy = (figure: Figure) => ["supplied", "used", "common", "unexplained"].includes(figure);
const hasBoth = (figure: Figure) => figure === "sold" || figure === "free";
const isOfUnits = (figure: Figure) => figure === "used" || figure === "common";

function columnsOf(figure: Figure, { currency }: BuildingFacts, t: Translate): readonly Column[] {
  const kwh = { key: "energy", label: t("reconciliation.kwh"), isNumber: true };
  const unit = { key: "unit", label: t("reconciliation.unit") };
  const basis = { key: "basis", label: t("reconciliation.basis"), isWideOnly: true };
  if (isOfUnits(figure)) {
    return [
      unit,
      kwh,
      ...(figure === "used"
        ? [{ key: "sold", label: t("reconciliation.soldToIt"), isNumber: true }]
        : []),
      basis,
    ];
  }
  const day = { key: "when", label: t("reconciliation.day") };
  if (figure === "unexplained") return [day, kwh, basis];
  if (figure === "supplied") return [day, { ...unit, isWideOnly: true }, kwh, basis];
  return [
    { key: "when", label: t("reconciliation.at") },
    unit,
    { key: "reference", label: t("reconciliation.reference") },
    ...(hasBoth(figure) ? [kwh] : []),
    { key: "amount", label: currency, isNumber: true },
  ];
}

function cellsOf(row: FigureRow, found: Found, context: Context) {
  const { building } = found;
  const { org, now, t } = context;
  const unit = row.unitId
    ? { text: row.unitLabel ?? "", href: `/o/${org}/units/${row.unitId}` }
    : null;
  const nothing = row.measuredDays + row.estimatedDays + row.missingDays === 0;
  return {
    when: { text: whenText(row, found, now), href: readingsHref(row, found, context) },
    unit: unit ?? { text: "", href: null },
    energy: {
      text: row.energyWh === null ? "" : kwhText(row.energyWh, building, EXACT),
      href: null,
    },
    sold: { text: row.soldWh === null ? "" : kwhText(row.soldWh, building, EXACT), href: null },
    amount: {
      text: row.amountMinor === null ? "" : moneyText(row.amountMinor, building),
      href: null,
    },
    reference: referenceOf(row, context),
    basis: {
      text: nothing ? t("reconciliation.notMetered") : basisText(row, building, t),
      href: null,
    },
  };
}

/** A day of a supply meter opens to the readings it rests on. */
function readingsHref(row: FigureRow, { span }: Found, { path }: Context): string | null {
  if (row.meterId === null || row.day === null) return null;
  const query = { figure: row.figure, month: span.month, meter: row.meterId, day: row.day };
  return `${path}/rows?${new URLSearchParams(query)}`;
}

/** The purchase or the approved issue, with the way to it where the role may see it. */
function referenceOf(row: FigureRow, { org, scope, t }: Context) {
  if (row.reference === null || row.at === null) return { text: "", href: null };
  if (row.isPurchase) {
    const href = `/o/${org}/purchases/${row.reference}`;
    const mayOpen = scope.permissions.includes("sale:read");
    return { text: t("reconciliation.purchase"), href: mayOpen ? href : null };
  }
  const mayOpen = scope.permissions.includes("approval:read");
  return { text: t("reconciliation.issue"), href: mayOpen ? `/o/${org}/approvals` : null };
}

function sumsOf(figure: Figure, { building, value }: Found, t: Translate): readonly string[] {
  const energy = t("energy.kwh", { energy: kwhText(value.energyWh, building, EXACT) });
  const money = moneyText(value.amountMinor, building);
  if (isEnergy(figure)) return [energy];
  return hasBoth(figure) ? [energy, money] : [money];
}
