import type { Translate } from "@/components/ui/translate";
import { AmountLines, type LineView } from "./amount-lines";
import { Notes } from "./notes";
import { ReceiptSections } from "./receipt-sections";
import type { ReceiptSectionView } from "./receipt-view";
import { TokenDigits } from "./token-digits";
import { TornEdge } from "./torn-edge";

export type SlipTokenView = {
  readonly digits: string;
  readonly kind: "credit" | "key-change";
  /** What it adds, where there are several: "1,638.3 kWh". */
  readonly energyText?: string;
};

export type SlipView = {
  readonly sellerName: string;
  /** Address, tax number, telephone: a line each. */
  readonly sellerDetails: readonly string[];
  readonly receiptNumberText: string;
  readonly dateText: string;
  readonly meterNumberText: string;
  readonly unitText: string;
  /** With its unit, such as "20.4 kWh". */
  readonly energyText: string;
  readonly lines: readonly LineView[];
  readonly totalText: string;
  /** What the lines cannot say: tax inside, watt-hours carried, the key. */
  readonly notes: readonly string[];
  /** What else a receipt has to say: block by block, the meter's key, references, whom to ask. */
  readonly sections: readonly ReceiptSectionView[];
  /** In the order of typing. Empty where the reader may see the receipt but not the digits. */
  readonly tokens: readonly SlipTokenView[];
  readonly isPractice: boolean;
};

/** The paper slip: seller, token, what it adds, the lines that add up; on screen as on paper. */
export function Slip({ slip, t }: { readonly slip: SlipView; readonly t: Translate }) {
  return (
    <article className="rounded-t-slip border border-b-0 border-line bg-raised print:border-b">
      <div className="grid gap-5 px-4 pt-5 pb-4">
        <SlipHead slip={slip} t={t} />
        <SlipTokens slip={slip} t={t} />
        <SlipFacts slip={slip} t={t} />
        <div className="border-t border-dashed border-edge pt-4">
          <AmountLines lines={slip.lines} totalLabel={t("slip.total")} totalText={slip.totalText} />
          <Notes notes={slip.notes} />
        </div>
        <details className="border-t border-dashed border-edge pt-2">
          <summary className="cursor-pointer py-2.5 font-medium print:hidden">
            {t("receipt.details")}
          </summary>
          <div className="mt-1">
            <ReceiptSections sections={slip.sections} heading="h2" />
          </div>
        </details>
        {slip.isPractice ? (
          <p className="text-center text-small font-medium text-quiet">{t("slip.notMoney")}</p>
        ) : null}
      </div>
      <TornEdge />
    </article>
  );
}

function SlipHead({ slip, t }: { readonly slip: SlipView; readonly t: Translate }) {
  return (
    <header className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-small text-quiet">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-body font-strong text-ink">
          <bdi>{slip.sellerName}</bdi>
        </p>
        {slip.sellerDetails.map((line) => (
          <p key={line}>
            <bdi>{line}</bdi>
          </p>
        ))}
      </div>
      <div className="tablet:text-end">
        <p>{t("slip.receipt", { number: slip.receiptNumberText })}</p>
        <p>{slip.dateText}</p>
      </div>
    </header>
  );
}

function SlipTokens({ slip, t }: { readonly slip: SlipView; readonly t: Translate }) {
  if (slip.tokens.length === 0) {
    return (
      <div>
        <p aria-hidden="true" dir="ltr" className="text-title tracking-wide text-quiet">
          •••• •••• •••• •••• ••••
        </p>
        <p className="text-small text-quiet">{t("slip.hidden")}</p>
      </div>
    );
  }
  const isNumbered = slip.tokens.length > 1;
  return (
    <ol className="grid gap-4">
      {slip.tokens.map((token, index) => (
        <li key={token.digits}>
          {isNumbered ? (
            <p className="mb-1 font-medium">
              {t(token.kind === "key-change" ? "slip.keyChange" : "slip.creditStep", {
                number: index + 1,
              })}
              {token.energyText ? ` · ${token.energyText}` : null}
            </p>
          ) : null}
          <TokenDigits digits={token.digits} t={t} />
        </li>
      ))}
    </ol>
  );
}

function SlipFacts({ slip, t }: { readonly slip: SlipView; readonly t: Translate }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <p className="text-title font-strong">
        <bdi>{slip.energyText}</bdi>
      </p>
      <dl className="grid grid-cols-[auto_auto] gap-x-3 text-small">
        <dt className="text-quiet">{t("slip.meter")}</dt>
        <dd dir="ltr" className="font-mono">
          {slip.meterNumberText}
        </dd>
        <dt className="text-quiet">{t("slip.unit")}</dt>
        <dd>
          <bdi>{slip.unitText}</bdi>
        </dd>
      </dl>
    </div>
  );
}
