import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";
import { ReceiptLinks, type ReceiptLinkView } from "@/components/vending/receipt-links";
import { Slip, type SlipView } from "@/components/vending/slip";
import { WhyUnits, type WhyView } from "@/components/vending/why-units";
import { type PurchaseStatus, PurchaseStatusText } from "./purchase-status-text";

export type CopiesView = {
  /** The forms without the token. */
  readonly books: readonly ReceiptLinkView[];
  readonly copies: readonly {
    readonly key: string;
    readonly title: string;
    /** None for who may not see tokens. */
    readonly links: readonly ReceiptLinkView[];
  }[];
  /** Null for who may not hand out a token. */
  readonly form: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: ActionFormView;
  } | null;
};

export type PurchaseView = {
  readonly unit: { readonly label: string; readonly href: string };
  readonly status: PurchaseStatus;
  readonly amountText: string;
  /** Null until the token is issued. Without digits where the reader may not see them. */
  readonly slip: SlipView | null;
  /** This purchase beside the one before; null where there is none. */
  readonly why: WhyView | null;
  readonly copies: CopiesView | null;
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
          <div className="self-start">
            <Slip slip={view.slip} t={t} />
          </div>
        ) : (
          <p className="text-quiet">{t("purchase.noSlip")}</p>
        )}
        <div className="grid content-start gap-8">
          <ol className="border-t border-line">
            {view.events.map((event) => (
              <li key={event.key} className="flex gap-6 border-b border-line py-2.5">
                <span className="w-36 shrink-0 text-quiet">{event.atText}</span>
                {event.text}
              </li>
            ))}
          </ol>
          {view.why ? <WhyUnits why={view.why} t={t} /> : null}
          {view.copies ? <Copies copies={view.copies} t={t} /> : null}
        </div>
      </div>
    </ConsoleShell>
  );
}

function Copies({ copies, t }: { readonly copies: CopiesView; readonly t: Translate }) {
  return (
    <section className="grid gap-4 print:hidden">
      <ReceiptLinks title={t("receipt.books")} links={copies.books} t={t} />
      {copies.form || copies.copies.length > 0 ? (
        <div>
          <h2 className="text-lead font-strong">{t("receipt.copies")}</h2>
          <p className="mt-1 text-quiet">{t("receipt.copiesLead")}</p>
        </div>
      ) : null}
      {copies.form ? <ActionForm {...copies.form} /> : null}
      {copies.copies.map((copy) => (
        <div key={copy.key} className="border-t border-line pt-2">
          <p>{copy.title}</p>
          <ul className="flex flex-wrap gap-x-5">
            {copy.links.map((link) => (
              <li key={link.href}>
                <a href={link.href} className="underline underline-offset-4">
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
