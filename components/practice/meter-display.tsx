import type { Translate } from "@/components/ui/translate";
import { displayEnergy } from "./display-energy";
import { DISPLAY_WORDS } from "./meter-result";
import type { PracticeMeterView } from "./practice-meter-view";

/**
 * The display: lit amber while the meter has power to give, unlit when it has none. The data
 * attributes let /practice-meter.js count the credit down between two answers of the server.
 */
export function MeterDisplay({
  view,
  t,
}: {
  readonly view: PracticeMeterView;
  readonly t: Translate;
}) {
  const remaining = displayEnergy(view.remainingWh);
  const ground = view.isSupplyOn ? "bg-glow-soft text-ink" : "bg-pane-dark text-pane-ink";
  return (
    <div dir="ltr" className={`rounded-slip border border-edge px-4 py-3 ${ground}`}>
      <div className="flex justify-between gap-4 text-small">
        <span>{t(view.isSupplyOn ? "meter.supplyOn" : "meter.supplyOff")}</span>
        <span>{t(view.isLoadOn ? "meter.loadOn" : "meter.loadOff")}</span>
      </div>
      <p className="flex items-baseline justify-end gap-2">
        <span className="sr-only">{t("meter.credit", { remaining })}</span>
        <span
          aria-hidden="true"
          className="font-mono text-token font-medium tracking-tight"
          data-remaining-wh={view.remainingWh.toString()}
          data-drain-wh-per-hour={view.drainWhPerHour.toString()}
        >
          {remaining}
        </span>
        <span aria-hidden="true" className="text-lead">
          {t("meter.kwh")}
        </span>
      </p>
      <p className="flex min-h-6 justify-between gap-4 font-mono">
        {view.lastResult ? (
          <>
            <span>{DISPLAY_WORDS[view.lastResult.code]}</span>
            <span className="font-sans">
              {view.lastResult.energyText ? `+ ${view.lastResult.energyText}` : ""}
            </span>
          </>
        ) : null}
      </p>
    </div>
  );
}
