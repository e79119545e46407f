import type { MeterSalesView } from "@/components/property/meter-page";
import type { Translate } from "@/components/ui/translate";
import type { MeterView } from "@/lib/property";

/** Stops a meter's sales, or opens them; null for a meter that nothing is sold for. */
export function salesView(meter: MeterView, t: Translate): MeterSalesView | null {
  if (!maySell(meter)) return null;
  const isStopped = meter.status === "blocked";
  return {
    text: t(isStopped ? "ownMeter.stoppedText" : "ownMeter.openText"),
    form: {
      id: "meter-sales",
      submit: t(isStopped ? "ownMeter.open" : "ownMeter.stop"),
      fields: [],
      hidden: [{ name: "status", value: isStopped ? "active" : "blocked" }],
    },
  };
}

/** What hangs nowhere sells nothing; but stopped sales can be opened before it hangs again. */
const maySell = ({ key, unitId, status }: MeterView) =>
  key !== null && status !== "archived" && (unitId !== null || status === "blocked");
