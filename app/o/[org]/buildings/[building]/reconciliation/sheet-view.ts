import { civilDayText } from "@/app/_view/civil-days";
import { formatDay, formatInstant } from "@/app/_view/instants";
import type { SheetView } from "@/components/reconciliation/sheet-page";
import type { StepView, WaterfallView } from "@/components/reconciliation/waterfall-table";
import type { MessageKey, Translate } from "@/components/ui/translate";
import { civilDayAt } from "@/lib/property";
import {
  type Figure,
  type MoneySide,
  monthAfter,
  monthBefore,
  type Sheet,
  type Sign,
  waterfall,
} from "@/lib/reconciliation";
import { basisText, FIGURE_KEYS, kwhText, moneyText, monthText } from "./sheet-texts";

export type SheetContext = {
  readonly org: string;
  readonly path: string;
  readonly now: Date;
  readonly t: Translate;
};

const HINTS = {
  supplied: "reconciliation.suppliedText",
  used: "reconciliation.usedText",
  common: "reconciliation.commonText",
  unexplained: "reconciliation.unexplainedText",
  received: "reconciliation.receivedText",
  sold: "reconciliation.soldText",
  account: "reconciliation.accountText",
  refunded: "reconciliation.refundedText",
  open: "reconciliation.openText",
  difference: "reconciliation.differenceText",
  free: "reconciliation.freeText",
} as const satisfies Record<Figure, MessageKey>;

const TONES = {
  supplied: "glow",
  used: "teal",
  common: "stone",
  unexplained: "brick",
  received: "glow",
  sold: "leaf",
  account: "stone",
  refunded: "brick",
  open: "stone",
  difference: "brick",
  free: "stone",
} as const satisfies Record<Figure, StepView["tone"]>;

/** A sheet in words and drawings. */
export function sheetView(sheet: Sheet, context: SheetContext): SheetView {
  const { building, span } = sheet;
  const { org, path, now, t } = context;
  const month = monthText(span.month, building);
  const home = `/o/${org}/buildings/${building.id}`;
  const later = monthAfter(span.month);
  return {
    title: t("reconciliation.title"),
    leadText: span.isSoFar
      ? t("reconciliation.soFar", { month, at: formatInstant(now, building) })
      : month,
    building: { name: building.name, href: home },
    month: span.month,
    path,
    earlierHref: `${path}?month=${monthBefore(span.month)}`,
    laterHref: span.isSoFar ? null : `${path}?month=${later}`,
    csvHref: `${path}/csv?month=${span.month}`,
    roomsHref: `${home}/rooms`,
    printedText: t("reconciliation.sheetOf", { day: formatInstant(now, building) }),
    emptyText: sheet.isEmpty ? t("reconciliation.empty", { month }) : null,
    thisMonthHref: `${path}?month=${civilDayAt(now, building.timeZone).slice(0, 7)}`,
    energy: energyView(sheet, context),
    money: moneyView(sheet, context),
    gaps: gapsOf(sheet, context),
    signs: sheet.signs.map((sign) => ({
      key: `${sign.unitId} ${sign.kind}`,
      label: sign.label,
      href: `/o/${org}/units/${sign.unitId}`,
      text: signText(sign, sheet, context),
    })),
  };
}

function energyView(sheet: Sheet, context: SheetContext): WaterfallView {
  const { building, energy, money, places } = sheet;
  const { t } = context;
  const kwh = (wh: bigint) => kwhText(wh, building);
  const { suppliedWh, usedWh, commonWh, unexplainedWh } = energy;
  const drawn = waterfall([
    ...(suppliedWh === null ? [] : [{ key: "supplied" as const, amount: suppliedWh }]),
    { key: "used" as const, amount: usedWh },
    { key: "common" as const, amount: commonWh },
    ...(unexplainedWh === null ? [] : [{ key: "unexplained" as const, amount: unexplainedWh }]),
  ]);
  const steps = drawn.bars.map(({ key, amount, low, high }) => {
    const isEstimated = placesOf(key, sheet).some((place) => place.estimatedDays > 0);
    const basis = key === "unexplained" ? "" : basisOf(key, sheet, context);
    return stepOf({ key, low, high, isEstimated }, kwh(amount), basis, sheet, context);
  });
  const facts = { used: kwh(usedWh), common: kwh(commonWh) };
  const sentence =
    suppliedWh === null || unexplainedWh === null
      ? t("reconciliation.sentenceUnknown", facts)
      : t("reconciliation.sentence", {
          ...facts,
          supplied: kwh(suppliedWh),
          rest: restText(suppliedWh, unexplainedWh, sheet, t),
        });
  const vended = { sold: kwh(money.sold.energyWh), free: kwh(money.free.energyWh) };
  const hasSupply = places.some((one) => one.kind === "intake" && one.meteredDays > 0);
  return {
    title: t("reconciliation.energy"),
    unitText: t("reconciliation.kwh"),
    sentence,
    more: t("reconciliation.vendedSentence", { ...vended, used: kwh(usedWh) }),
    steps,
    zero: drawn.zero,
    missing:
      suppliedWh === null
        ? {
            title: t("reconciliation.noSupply"),
            text: t(hasSupply ? "reconciliation.noSupplyReadings" : "reconciliation.noSupplyText"),
          }
        : null,
  };
}

function restText(supplied: bigint, rest: bigint, { building }: Sheet, t: Translate): string {
  if (rest === 0n) return t("reconciliation.restNone");
  const amount = kwhText(rest < 0n ? -rest : rest, building);
  if (rest < 0n) return t("reconciliation.restNegative", { amount });
  const tenths = supplied === 0n ? 0n : (rest * 1_000n) / supplied;
  const percent = new Intl.NumberFormat(building.locale).format(Number(tenths) / 10);
  return t("reconciliation.restPositive", { amount, percent });
}

const MONEY_STEPS = ["received", "sold", "account", "refunded", "open", "difference"] as const;

function moneyView(sheet: Sheet, context: SheetContext): WaterfallView {
  const { building, money } = sheet;
  const { t } = context;
  const text = (figure: keyof MoneySide) => moneyText(money[figure].amountMinor, building);
  const drawn = waterfall(MONEY_STEPS.map((key) => ({ key, amount: money[key].amountMinor })));
  const steps = drawn.bars.map(({ key, low, high }) =>
    stepOf({ key, low, high, isEstimated: false }, text(key), "", sheet, context),
  );
  const agrees = money.difference.amountMinor === 0n;
  const sentence = [
    t("reconciliation.moneySentence", { received: text("received"), sold: text("sold") }),
    agrees
      ? t("reconciliation.moneyAgrees")
      : t("reconciliation.moneyDiffers", { amount: text("difference") }),
  ].join(" ");
  const free = stepOf(
    { key: "free", low: 0, high: 0, isEstimated: false },
    text("free"),
    t("energy.kwh", { energy: kwhText(money.free.energyWh, building) }),
    sheet,
    context,
  );
  return {
    title: t("reconciliation.money"),
    unitText: building.currency,
    sentence,
    more: null,
    steps: [...steps, free],
    zero: drawn.zero,
    missing: null,
  };
}

function stepOf(
  bar: {
    readonly key: Figure;
    readonly low: number;
    readonly high: number;
    readonly isEstimated: boolean;
  },
  valueText: string,
  noteText: string,
  { span }: Sheet,
  { path, t }: SheetContext,
): StepView {
  return {
    ...bar,
    tone: TONES[bar.key],
    label: t(FIGURE_KEYS[bar.key]),
    hint: t(HINTS[bar.key]),
    href: `${path}/rows?figure=${bar.key}&month=${span.month}`,
    valueText,
    noteText,
  };
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  supplied: ["intake"],
  used: ["flat", "room", "shop"],
  common: ["common"],
};

function placesOf(figure: string, { places }: Sheet) {
  const kinds = KINDS[figure] ?? ["intake", "flat", "room", "shop", "common"];
  return places.filter(({ kind }) => kinds.includes(kind));
}

/** How much of a figure is measured, over all its units, and how old the newest reading is. */
function basisOf(figure: string, sheet: Sheet, { t }: SheetContext): string {
  const places = placesOf(figure, sheet);
  const total = (days: (place: (typeof places)[number]) => number) =>
    places.reduce((sum, place) => sum + days(place), 0);
  const newest = places
    .flatMap(({ basisAt }) => (basisAt ? [basisAt] : []))
    .toSorted((one, other) => other.getTime() - one.getTime());
  const basis = {
    measuredDays: total((place) => place.measuredDays),
    estimatedDays: total((place) => place.estimatedDays),
    missingDays: total((place) => place.missingDays),
    basisAt: newest[0] ?? null,
  };
  return basisText(basis, sheet.building, t);
}

function gapsOf({ places }: Sheet, { org, t }: SheetContext): SheetView["gaps"] {
  const gaps = places.filter(({ missingDays }) => missingDays > 0);
  if (gaps.length === 0) return null;
  return {
    title: t("reconciliation.gaps", { count: gaps.length }),
    units: gaps.map(({ unitId, label, missingDays }) => ({
      key: unitId,
      href: `/o/${org}/units/${unitId}`,
      text: t("reconciliation.gap", { label, count: missingDays }),
    })),
  };
}

function signText(sign: Sign, { building }: Sheet, { now, t }: SheetContext): string {
  const used = kwhText(sign.usedWh, building);
  switch (sign.kind) {
    case "more-than-vended":
      return t("reconciliation.more-than-vended", {
        used,
        vended: kwhText(sign.vendedWh, building),
      });
    case "stopped-buying":
      return t("reconciliation.stopped-buying", {
        used,
        day: formatDay(sign.lastSoldAt, building, now),
      });
    case "used-while-vacant":
      return t("reconciliation.used-while-vacant", { used });
  }
}

/** A civil day of a row, or its instant. */
export function whenText(
  row: { readonly day: string | null; readonly at: Date | null },
  { building }: Pick<Sheet, "building">,
  now: Date,
): string {
  if (row.day) return civilDayText(row.day, building, now);
  return row.at ? formatInstant(row.at, building) : "";
}
