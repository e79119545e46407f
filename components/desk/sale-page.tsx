import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { FocusOn } from "@/components/ui/focus-on";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { MarkKind } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import { AmountLines, type LineView } from "@/components/vending/amount-lines";
import { Notes } from "@/components/vending/notes";
import { ReceiptSections } from "@/components/vending/receipt-sections";
import type { ReceiptSectionView } from "@/components/vending/receipt-view";
import { Slip, type SlipView } from "@/components/vending/slip";
import type { DeskForm } from "./form-view";
import { TakeCashForm, type TakeCashView } from "./take-cash-form";

/** Before the cash: what the money buys, for whom and why. */
export type PricedSaleView = {
  readonly amountText: string;
  readonly energyText: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly lines: readonly LineView[];
  readonly totalText: string;
  readonly notes: readonly string[];
  readonly sections: readonly ReceiptSectionView[];
  readonly validText: string;
  readonly take: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: TakeCashView;
  } | null;
  /** Why no cash can be taken for it now; null where it can. */
  readonly faultText: string | null;
};

export type SalePageView = {
  readonly titleText: string;
  readonly priced: PricedSaleView | null;
  readonly change: {
    readonly label: string;
    readonly text: string;
    readonly detail: string;
  } | null;
  readonly notice: {
    readonly kind: MarkKind;
    readonly title: string;
    readonly text: string;
  } | null;
  readonly slip: SlipView | null;
  readonly links: readonly { readonly href: string; readonly label: string }[];
  readonly refund: DeskForm | null;
  /** Asks again by itself while the token is on its way. */
  readonly isWaiting: boolean;
  readonly nextHref: string;
  readonly nextText: string;
};

/** One sale at a desk, from its price to the slip in the buyer's hand. */
export function SalePage(props: { readonly frame: ConsoleFrame; readonly view: SalePageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      {view.isWaiting ? <meta httpEquiv="refresh" content="3" /> : null}
      <h1 className="mb-4 text-title font-strong tracking-tight">{view.titleText}</h1>
      {view.priced ? <Priced priced={view.priced} t={t} /> : null}
      <div className="grid items-start gap-x-12 gap-y-6 desk:grid-cols-[28rem_minmax(0,1fr)]">
        {view.slip ? <Slip slip={view.slip} t={t} /> : null}
        <div className="grid min-w-0 content-start gap-6 max-desk:order-first print:hidden">
          {view.notice ? (
            <Notice kind={view.notice.kind} title={view.notice.title}>
              {view.notice.text}
            </Notice>
          ) : null}
          {view.change ? (
            <p>
              <span className="block text-quiet">{view.change.label}</span>
              <bdi className="block text-token font-strong tracking-tight">{view.change.text}</bdi>
              <span className="text-small text-quiet">{view.change.detail}</span>
            </p>
          ) : null}
          {view.refund ? <ActionForm {...view.refund} /> : null}
          {view.links.length > 0 ? (
            <ul id="sale-papers" className="flex flex-wrap gap-2">
              {view.links.map((link) => (
                <li key={link.href}>
                  <LinkButton href={link.href}>{link.label}</LinkButton>
                </li>
              ))}
            </ul>
          ) : null}
          {view.links.length > 0 ? <FocusOn id="sale-papers" /> : null}
          <div className="flex">
            <LinkButton href={view.nextHref} kind={view.priced ? "quiet" : "primary"}>
              {view.nextText}
            </LinkButton>
          </div>
        </div>
      </div>
    </ConsoleShell>
  );
}

function Priced({ priced, t }: { readonly priced: PricedSaleView; readonly t: Translate }) {
  return (
    <div className="mb-8 grid items-start gap-x-12 gap-y-6 desk:grid-cols-[28rem_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-4 desk:order-last">
        <p>
          <span className="block text-lead text-quiet">
            {t("quote.buys", { amount: priced.amountText })}
          </span>
          <bdi className="text-token font-strong tracking-tight">{priced.energyText}</bdi>
        </p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 border-y border-line py-4">
          {priced.facts.map((fact) => (
            <div key={fact.label} className="contents">
              <dt className="text-quiet">{fact.label}</dt>
              <dd className="text-end font-medium">
                <bdi>{fact.text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
        <AmountLines
          lines={priced.lines}
          totalLabel={t("desk.toPay")}
          totalText={priced.totalText}
        />
        <Notes notes={priced.notes} />
        <details className="border-t border-line pt-1">
          <summary className="cursor-pointer py-2.5 font-medium">{t("quote.howTitle")}</summary>
          <ReceiptSections sections={priced.sections} heading="h2" />
        </details>
      </div>
      <div className="grid min-w-0 gap-3">
        {priced.faultText ? <Notice kind="refused" title={priced.faultText} /> : null}
        {priced.take ? <TakeCashForm {...priced.take} /> : null}
        <p className="text-small text-quiet">{priced.validText}</p>
      </div>
      {priced.take ? null : <FocusOn id="content" />}
    </div>
  );
}
