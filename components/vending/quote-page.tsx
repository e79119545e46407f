import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { AmountLines, type LineView } from "./amount-lines";
import { Notes } from "./notes";
import { ReceiptSections } from "./receipt-sections";
import type { ReceiptSectionView } from "./receipt-view";

/** One way to pay: a button, and for a prompt the phone that is asked. */
export type WayView = {
  readonly endpointId: string;
  readonly phone: { readonly label: string; readonly hint: string; readonly value: string } | null;
  readonly submit: string;
};

export type QuoteView = {
  readonly payAction: string;
  readonly ways: readonly WayView[];
  readonly changeHref: string;
  readonly amountText: string;
  /** The number and its unit apart: the number is the hero. */
  readonly energyNumberText: string;
  readonly energyUnitText: string;
  readonly meterNumberText: string;
  /** Masked, of fixed width: a guest learns no more than enough to notice a wrong meter. */
  readonly holderText: string;
  readonly unitText: string;
  readonly lines: readonly LineView[];
  readonly totalText: string;
  readonly notes: readonly string[];
  /** The price block by block; for the resident also the month, the next kWh and what stays due. */
  readonly how: { readonly title: string; readonly sections: readonly ReceiptSectionView[] };
  readonly validUntilText: string;
  readonly refusal: string | null;
};

/** The second step: whose meter it is, what the money buys and why, and one button to pay. */
export function QuotePage(props: { readonly frame: PhoneFrame; readonly view: QuoteView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <h1 className="sr-only">{t("quote.title")}</h1>
      {view.refusal ? <Notice kind="refused" title={view.refusal} /> : null}
      <p>
        <span className="block text-lead text-quiet">
          {t("quote.buys", { amount: view.amountText })}
        </span>
        <span className="text-token font-strong tracking-tight">{view.energyNumberText}</span>
        <span className="ms-2 text-lead text-quiet">{view.energyUnitText}</span>
      </p>
      <WhoseMeter view={view} t={t} />
      <section>
        <h2 className="mb-3 text-lead font-strong">{t("quote.linesTitle")}</h2>
        <AmountLines lines={view.lines} totalLabel={t("quote.total")} totalText={view.totalText} />
        <Notes notes={view.notes} />
        <details className="mt-3 border-t border-line pt-1">
          <summary className="cursor-pointer py-2.5 font-medium">{view.how.title}</summary>
          <div className="mt-1">
            <ReceiptSections sections={view.how.sections} heading="h3" />
          </div>
        </details>
      </section>
      <div className="mt-auto grid gap-2 tablet:mt-2">
        <Ways view={view} t={t} />
        <LinkButton href={view.changeHref} kind="quiet" isWide>
          {t("quote.change")}
        </LinkButton>
        <p className="text-center text-small text-quiet">
          {t("quote.validUntil", { time: view.validUntilText })}
        </p>
      </div>
    </PhoneShell>
  );
}

/** Without any the button is there all the same, and its answer says whom to ask. */
const NO_WAY = { endpointId: "", phone: null };

function Ways({ view, t }: { readonly view: QuoteView; readonly t: Translate }) {
  const pay = t("quote.pay", { amount: view.amountText });
  const ways = view.ways.length > 0 ? view.ways : [{ ...NO_WAY, submit: pay }];
  return ways.map(({ endpointId, phone, submit }, index) => (
    <form key={endpointId} method="post" action={view.payAction} className="grid gap-3">
      <input type="hidden" name="endpoint" value={endpointId} />
      {phone ? (
        <Field
          id={`phone-${index}`}
          name="phone"
          {...phone}
          inputMode="numeric"
          autoComplete="tel"
          maxLength={20}
          isDigits
          isRequired
        />
      ) : null}
      <Button kind={index === 0 ? "primary" : "plain"} isWide>
        {submit}
      </Button>
    </form>
  ));
}

function WhoseMeter({ view, t }: { readonly view: QuoteView; readonly t: Translate }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 border-y border-line py-4">
      <dt className="text-quiet">{t("quote.holder")}</dt>
      <dd className="text-end font-medium">
        <bdi>{view.holderText}</bdi>
      </dd>
      <dt className="text-quiet">{t("quote.unit")}</dt>
      <dd className="text-end font-medium">
        <bdi>{view.unitText}</bdi>
      </dd>
      <dt className="text-quiet">{t("quote.meterNumber")}</dt>
      <dd className="text-end font-mono font-medium">
        <bdi dir="ltr">{view.meterNumberText}</bdi>
      </dd>
    </dl>
  );
}
