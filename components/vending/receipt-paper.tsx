import { Button } from "@/components/ui/button";
import { placed } from "@/components/ui/placed";
import type { Translate } from "@/components/ui/translate";
import { ReceiptSections } from "./receipt-sections";
import type { ReceiptTokenView, ReceiptView } from "./receipt-view";

/** How wide the roll of a till printer is, in millimetres. */
export type RollWidth = 58 | 80;

const ROLLS = {
  58: "max-w-roll-58 print:[page:roll-58]",
  80: "max-w-roll-80 print:[page:roll-80]",
} as const satisfies Record<RollWidth, string>;

/** A receipt for a till printer: one narrow column, black on white, no navigation on the paper. */
export function ReceiptPaper(props: {
  readonly view: ReceiptView;
  readonly width: RollWidth;
  readonly backHref: string;
  readonly otherHref: string;
  readonly t: Translate;
}) {
  const { view, width, t } = props;
  const otherText = t(width === 58 ? "receipt.width80" : "receipt.width58");
  return (
    <main className={`mx-auto w-full px-2 py-4 print:p-0 ${ROLLS[width]}`}>
      <div className="mb-4 grid gap-2 print:hidden">
        <div className="flex justify-between gap-4">
          <a href={props.backHref} className="underline underline-offset-4">
            {t("receipt.back")}
          </a>
          <a href={props.otherHref} className="underline underline-offset-4">
            {otherText}
          </a>
        </div>
        <div data-slip-actions hidden>
          <span data-slip-action="copy" hidden />
          <span data-slip-action="print" className="grid">
            <Button type="button">{t("slip.print")}</Button>
          </span>
        </div>
      </div>
      <article className="grid gap-3 border border-line bg-raised p-3 print:border-0 print:p-0">
        <header className="grid gap-0.5 border-b border-dashed border-edge pb-2 text-center">
          <h1 className="font-strong">
            <bdi>{view.sellerName}</bdi>
          </h1>
          {view.sellerDetails.map((line) => (
            <p key={line} className="text-small">
              <bdi>{line}</bdi>
            </p>
          ))}
          <p className="text-small font-medium">{view.receiptNumberText}</p>
          <p className="text-small">{view.dateText}</p>
        </header>
        {view.reprintText ? (
          <p className="border border-ink p-1 text-center text-small font-strong">
            {view.reprintText}
          </p>
        ) : null}
        {view.tokensNote ? <p className="text-small">{view.tokensNote}</p> : null}
        {view.tokens.map((token) => (
          <PaperToken key={token.key} token={token} />
        ))}
        <p className="text-center text-title font-strong">
          <bdi>{view.energyText}</bdi>
        </p>
        <ReceiptSections sections={view.sections} heading="h2" />
        {view.practiceText ? (
          <p className="border-t border-dashed border-edge pt-2 text-center text-small">
            {view.practiceText}
          </p>
        ) : null}
      </article>
    </main>
  );
}

function PaperToken({ token }: { readonly token: ReceiptTokenView }) {
  return (
    <div className="text-center">
      {token.label ? <p className="text-small font-medium">{token.label}</p> : null}
      <p
        dir="ltr"
        className="flex flex-wrap justify-center gap-x-3 font-mono text-title font-strong"
      >
        {placed(token.groups).map(({ key, item }) => (
          <span key={key}>{`${item} `}</span>
        ))}
      </p>
    </div>
  );
}
