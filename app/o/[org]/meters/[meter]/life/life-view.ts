import { readingFields } from "@/app/_form/enter-reading";
import { shownFields } from "@/app/_form/shown-readings";
import { formatDay, formatInstant } from "@/app/_view/instants";
import type { MeterLifeView, StayView } from "@/components/property/meter-life";
import type { FoldedForm } from "@/components/property/residents";
import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { MeterStay } from "@/lib/metering";
import { type CurrencyCode, formatEnergy, formatMoney } from "@/lib/money";
import { civilTimeAt, type MeterView } from "@/lib/property";
import {
  archiveMeterAction,
  closingReadingAction,
  enterMeterReadingAction,
  restoreMeterAction,
  swapMeterAction,
  takeOutMeterAction,
} from "./actions";

type Context = {
  readonly org: string;
  readonly meter: MeterView;
  readonly seesMoney: boolean;
  readonly mayRead: boolean;
  readonly now: Date;
  readonly t: Translate;
};

/** Where a meter served and what can be done with it now. */
export function lifeView(stays: readonly MeterStay[], context: Context): MeterLifeView {
  const { meter, t } = context;
  const [latest] = stays;
  return {
    stays: stays.map((stay) => stayView(stay, context)),
    leftText: meter.unitId === null && latest ? leftText(latest, context) : null,
    closings: stays.filter((stay) => stay.isClosingMissing).map((s) => closingForm(s, context)),
    forms: meter.unitId === null || !latest ? [archiveForm(context)] : hungForms(latest, context),
    title: t("meterLife.title"),
  };
}

/** kWh, or cubic metres: a value has thousandths of either. */
export function valueText(value: bigint, meter: MeterView, locale: string, t: Translate): string {
  const figure = formatEnergy(value, locale);
  return meter.resource === "electricity"
    ? t("energy.kwh", { energy: figure })
    : t("story.cubicMetres", { volume: figure });
}

function stayView(stay: MeterStay, context: Context): StayView {
  const { org, meter, seesMoney, now, t } = context;
  const { locale, currency, soldCount } = stay;
  const told = (readings: MeterStay["first"]) =>
    readings.map(({ quantity, value, at }) => {
      const text = valueText(value, meter, locale, t);
      return t(`meterLife.shown-${quantity}`, { value: text, day: formatDay(at, stay, now) });
    });
  const money = { amountMinor: stay.soldMinor, currency: currency as CurrencyCode };
  const sold = [
    t("meterLife.tokens", { count: soldCount }),
    ...(soldCount > 0 ? [valueText(stay.soldWh, meter, locale, t)] : []),
    ...(soldCount > 0 && seesMoney ? [formatMoney(money, locale, { isShort: true })] : []),
  ];
  return {
    key: stay.id,
    unitText: `${stay.unitLabel}, ${stay.buildingName}`,
    unitHref: `/o/${org}/units/${stay.unitId}`,
    fromText: formatInstant(stay.startsAt, stay),
    untilText: stay.endsAt ? formatInstant(stay.endsAt, stay) : t("meterLife.still"),
    first: told(stay.first),
    last: stay.isClosingMissing ? [t("meterLife.closingMissing")] : told(stay.last),
    soldText: meter.key === null ? null : sold.join(" · "),
  };
}

/** What was left on it when it was taken out: somebody paid for it. */
function leftText(stay: MeterStay, { meter, t }: Context): string | null {
  if (meter.key === null || stay.endsAt === null) return null;
  const end = stay.endsAt.getTime() - 1;
  const left = stay.last.find(({ quantity, at }) => quantity === "remaining" && +at === end);
  if (!left) return t("meterLife.leftUnknown");
  const energy = formatEnergy(left.value, stay.locale);
  return left.value === 0n ? t("meterLife.leftNothing") : t("meterLife.left", { energy });
}

const targetOf = ({ org, meter }: Context) => ({ org, meterId: meter.id });

function atField({ timeZone }: MeterStay, { now, t }: Context): FieldView {
  return {
    kind: "datetime-local",
    name: "at",
    label: t("meterLife.at"),
    hint: t("readingForm.atHint", { zone: timeZone }),
    value: civilTimeAt(now, timeZone),
    isRequired: true,
  };
}

function hungForms(stay: MeterStay, context: Context): readonly FoldedForm[] {
  const { meter, mayRead, now, t } = context;
  const isSold = meter.key !== null;
  const old = shownFields({ isSold, labels: "now" }, t);
  const reason = (label: string): FieldView => ({
    kind: "text",
    name: "reason",
    label,
    maxLength: 500,
    isRequired: true,
  });
  const swapFields: readonly FieldView[] = [
    ...old,
    {
      kind: "text",
      name: "newNumber",
      label: t("meterLife.newNumber"),
      hint: t("meterLife.newNumberHint"),
      maxLength: 40,
      isRequired: true,
    },
    ...shownFields({ isSold, prefix: "new-", labels: "new" }, t),
    atField(stay, context),
    reason(t("meterLife.reasonToSwap")),
  ];
  const read: FoldedForm = {
    action: enterMeterReadingAction.bind(null, targetOf(context)),
    view: {
      id: "meter-reading",
      summary: t("readingForm.summary"),
      submit: t("readingForm.submit"),
      fields: readingFields({ timeZone: stay.timeZone, now, resource: meter.resource, isSold }, t),
    },
  };
  return [
    ...(mayRead ? [read] : []),
    {
      action: swapMeterAction.bind(null, targetOf(context)),
      view: {
        id: "swap-meter",
        summary: t("meterLife.swap"),
        submit: t("meterLife.swapNow"),
        fields: swapFields,
      },
    },
    {
      action: takeOutMeterAction.bind(null, targetOf(context)),
      view: {
        id: "take-out",
        summary: t("meterLife.takeOut"),
        submit: t("meterLife.takeOutNow"),
        fields: [...old, atField(stay, context), reason(t("meterLife.reasonToTakeOut"))],
      },
    },
  ];
}

function archiveForm(context: Context): FoldedForm {
  const { meter, t } = context;
  const isArchived = meter.status === "archived";
  const action = isArchived ? restoreMeterAction : archiveMeterAction;
  return {
    action: action.bind(null, targetOf(context)),
    view: {
      id: isArchived ? "restore-meter" : "archive-meter",
      submit: t(isArchived ? "meterLife.restoreNow" : "meterLife.archiveNow"),
      fields: [],
    },
  };
}

function closingForm(stay: MeterStay, context: Context): FoldedForm {
  const { meter, now, t } = context;
  const day = stay.endsAt ? formatDay(stay.endsAt, stay, now) : "";
  return {
    action: closingReadingAction.bind(null, { ...targetOf(context), installationId: stay.id }),
    view: {
      id: `closing-${stay.id}`,
      summary: t("meterLife.closing", { unit: stay.unitLabel, day }),
      submit: t("meterLife.closingNow"),
      fields: shownFields({ isSold: meter.key !== null, labels: "now" }, t),
    },
  };
}
