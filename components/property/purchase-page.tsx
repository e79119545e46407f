import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { Slip, type SlipView } from "@/components/vending/slip";
import { type PurchaseStatus, PurchaseStatusText } from "./purchase-status-text";

export type PurchaseView = {
  readonly unit: { readonly label: string; readonly href: string };
  readonly status: PurchaseStatus;
  readonly amountText: string;
  /** Null until the token is issued. Without digits where the reader may not see them. */
  readonly slip: SlipView | null;
  readonly events: readonly {
    readonly key: string;
    readonly atText: string;
    readonly text: string;
  }[];
};

/** A purchase as staff see it: its slip, usually without the digits, and what happened when. */
export function PurchasePage(props: { readonly frame: ConsoleFrame; readonly view: PurchaseView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.unit.href} className="text-quiet hover:text-ink hover:underline">
        {t("purchase.back", { unit: view.unit.label })}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{view.amountText}</h1>
      <p className="mt-1">
        <PurchaseStatusText status={view.status} t={t} />
      </p>
      <div className="mt-6 grid gap-x-12 gap-y-8 desk:grid-cols-[28rem_minmax(0,1fr)]">
        {view.slip ? (
          <Slip slip={view.slip} t={t} />
        ) : (
          <p className="text-quiet">{t("purchase.noSlip")}</p>
        )}
        <ol className="self-start border-t border-line">
          {view.events.map((event) => (
            <li key={event.key} className="flex gap-6 border-b border-line py-2.5">
              <span className="w-36 shrink-0 text-quiet">{event.atText}</span>
              {event.text}
            </li>
          ))}
        </ol>
      </div>
    </ConsoleShell>
  );
}
