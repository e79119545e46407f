import { LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { meterNumberText } from "@/app/_view/purchase-texts";
import type { MeterResultView } from "@/components/practice/meter-result";
import type { PracticeMeterView as PageView } from "@/components/practice/practice-meter-view";
import type { PhoneFrame } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { inScope } from "@/lib/access";
import type { GuestScope } from "@/lib/access/shared";
import { formatEnergy } from "@/lib/money";
import type { PracticeEntry, PracticeMeterView } from "@/lib/practice";
import { findServedMeter, maskUnit } from "@/lib/property";

type Context = {
  readonly scope: GuestScope;
  readonly meter: PracticeMeterView;
  readonly digits: string;
  readonly frame: PhoneFrame;
  readonly now: Date;
};

const PLACE = { locale: LANGUAGE.lang, timeZone: "UTC" };

/** The meter's display, registers and last answers, in the way of the place where it hangs. */
export async function practiceMeterView(context: Context): Promise<PageView> {
  const { scope, meter, digits, frame, now } = context;
  const { t } = frame;
  const served = await inScope(scope, (tx) => findServedMeter(tx, meter.meterId, now));
  const place = served ?? PLACE;
  const entries = meter.entries.map((entry) => ({
    key: String(entry.sequence),
    atText: formatInstant(entry.at, place),
    result: resultView(entry, place.locale, t),
  }));
  const drawWatt = meter.isLoadOn && meter.isSupplying ? meter.loadWatt : 0;
  const here = `/practice-meter/${meter.meterNumber}`;
  const runsOut = meter.runsOutAt ? formatInstant(meter.runsOutAt, place) : t("meter.notRunning");
  return {
    tokenAction: here,
    loadAction: here,
    fields: [],
    meterNumberText: meterNumberText(meter.meterNumber),
    unitText: served ? maskUnit(served.unitLabel) : "",
    remainingWh: meter.remainingWh,
    drainWhPerHour: BigInt(drawWatt),
    isSupplyOn: meter.isSupplying,
    isLoadOn: meter.isLoadOn,
    loadText: t("meter.watt", { watt: "3,000" }),
    digits,
    lastResult: entries[0]?.result ?? null,
    registers: [
      {
        label: t("building.creditLeft"),
        valueText: t("energy.kwh", {
          energy: formatEnergy(meter.remainingWh, place.locale, { decimals: 3 }),
        }),
      },
      { label: t("meter.runsOut"), valueText: runsOut },
    ],
    entered: entries,
    buyHref: `/buy?meter=${meter.meterNumber}`,
  };
}

function resultView(entry: PracticeEntry, locale: string, t: Translate): MeterResultView {
  const energy = formatEnergy(entry.addedWh, locale);
  const energyText = entry.addedWh > 0n ? t("energy.kwh", { energy }) : "";
  return { code: entry.result, energyText };
}
