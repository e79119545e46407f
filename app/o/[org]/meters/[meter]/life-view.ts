import { formatInstant, type Place } from "@/app/_view/instants";
import type { MeterLifeView } from "@/components/property/meter-life";
import type { ActionFormView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { MeterReading } from "@/lib/metering";
import { QUANTITIES } from "@/lib/metering/shared";
import { formatEnergy } from "@/lib/money";
import type { Installation, MeterView } from "@/lib/property";

type Context = {
  readonly t: Translate;
  readonly place: Place;
  readonly org: string;
  readonly places: readonly Installation[];
  readonly readings: readonly MeterReading[];
};

/** A meter's places and readings, and what can be done about where it hangs and what it sells. */
export function lifeOf(meter: MeterView, context: Context): MeterLifeView {
  const { t, place, org, places, readings } = context;
  return {
    takeOutText: t("ownMeter.takeOutText", { unit: meter.unitLabel ?? "" }),
    takeOut: meter.unitId === null ? null : takeOutView(t),
    sales: maySell(meter) ? salesView(meter.status, t) : null,
    salesText: t(meter.status === "blocked" ? "ownMeter.stoppedText" : "ownMeter.openText"),
    resource: meter.resource,
    places: places.map(({ id, unitId, unitLabel, buildingName, startsAt, endsAt }) => ({
      key: id,
      href: `/o/${org}/units/${unitId}`,
      unitText: `${unitLabel}, ${buildingName}`,
      fromText: formatInstant(startsAt, place),
      toText: endsAt ? formatInstant(endsAt, place) : t("ownMeter.placesNow"),
    })),
    readings: readings.map(({ at, quantity, value, source, waitsFor }) => ({
      key: `${at.getTime()} ${quantity} ${value} ${waitsFor ?? ""}`,
      atText: formatInstant(at, place),
      valueText: formatEnergy(value, place.locale),
      whatText: t(`readingForm.${quantity}`),
      byText: t("ownMeter.readingSource", { source }),
      waitsText: waitsFor === null ? null : t("ownMeter.readingsWaits"),
    })),
  };
}

/** What hangs nowhere sells nothing; but stopped sales can be opened before it hangs again. */
const maySell = ({ key, unitId, status }: MeterView) =>
  key !== null && (unitId !== null || status === "blocked");

function takeOutView(t: Translate): ActionFormView {
  const choices = QUANTITIES.toReversed().map((quantity) => ({
    value: quantity,
    label: t(`readingForm.${quantity}`),
  }));
  return {
    id: "take-out",
    summary: t("ownMeter.takeOut"),
    submit: t("ownMeter.takeOut"),
    fields: [
      {
        kind: "one",
        name: "shows",
        label: t("ownMeter.takeOutShows"),
        none: t("ownMeter.takeOutNothing"),
        choices,
      },
      {
        kind: "text",
        name: "value",
        label: t("ownMeter.takeOutValue"),
        hint: t("ownMeter.takeOutValueHint"),
        maxLength: 14,
        inputMode: "decimal",
      },
      { kind: "long", name: "reason", label: t("ownMeter.takeOutReason"), maxLength: 500 },
    ],
  };
}

function salesView(status: MeterView["status"], t: Translate): ActionFormView {
  const isStopped = status === "blocked";
  return {
    id: "meter-sales",
    submit: t(isStopped ? "ownMeter.open" : "ownMeter.stop"),
    fields: [],
    hidden: [{ name: "status", value: isStopped ? "active" : "blocked" }],
  };
}
