import { ActionForm } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { FoldedForm } from "./residents";

export type UnitMetersView = {
  readonly meters: readonly {
    readonly id: string;
    readonly numberText: string;
    readonly resourceText: string;
    /** Null for who does not manage meters. */
    readonly href: string | null;
    readonly form: FoldedForm | null;
  }[];
  readonly add: FoldedForm | null;
};

/** Every meter of a unit, with what the reader may do about it. */
export function UnitMeters({ view, t }: { readonly view: UnitMetersView; readonly t: Translate }) {
  return (
    <section>
      <h2 className="mb-3 text-lead font-strong">{t("meterLife.unitTitle")}</h2>
      {view.meters.length === 0 ? <p className="text-quiet">{t("unit.noMeter")}</p> : null}
      <ul className="border-t border-line">
        {view.meters.map((meter) => (
          <li key={meter.id} className="border-b border-line py-2">
            <div className="flex justify-between gap-4">
              <span className="text-quiet">{meter.resourceText}</span>
              <bdi dir="ltr" className="min-w-0 break-words font-mono">
                {meter.href ? (
                  <a href={meter.href} className="underline">
                    {meter.numberText}
                  </a>
                ) : (
                  meter.numberText
                )}
              </bdi>
            </div>
            {meter.form ? <ActionForm {...meter.form} /> : null}
          </li>
        ))}
      </ul>
      {view.add ? (
        <div className="mt-3">
          <ActionForm {...view.add} />
        </div>
      ) : null}
    </section>
  );
}
