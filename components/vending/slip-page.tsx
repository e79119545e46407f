import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import { ReceiptLinks, type ReceiptLinkView } from "./receipt-links";
import { Slip, type SlipView } from "./slip";
import { WhyUnits, type WhyView } from "./why-units";

export type SlipPageView = {
  readonly slip: SlipView;
  /** The receipt's other forms: PDF, paper, text message. */
  readonly links: readonly ReceiptLinkView[];
  /** This purchase beside the one before; null for a guest, and for the first of all. */
  readonly why: WhyView | null;
  readonly againHref: string;
  /** Only in a practice installation. */
  readonly practiceMeterHref: string | null;
};

/** A bought token: that it is paid, the slip, how to type it. Served with `script="/slip.js"`. */
export function SlipPage(props: { readonly frame: PhoneFrame; readonly view: SlipPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <h1 className="sr-only">{t("slip.title")}</h1>
      <p role="status" className="flex items-center gap-2 text-lead font-strong print:hidden">
        <StateMark kind="ok" />
        {t("slip.paid", { amount: view.slip.totalText })}
      </p>
      <div className="-mx-2 tablet:-mx-4">
        <Slip slip={view.slip} t={t} />
      </div>
      <SlipActions t={t} />
      <HowToType energyText={view.slip.energyText} t={t} />
      {view.why ? <WhyUnits why={view.why} t={t} /> : null}
      <ReceiptLinks links={view.links} t={t} />
      <div className="grid gap-2 print:hidden">
        {view.practiceMeterHref ? (
          <LinkButton href={view.practiceMeterHref} kind="primary" isWide>
            {t("slip.practiceMeter")}
          </LinkButton>
        ) : null}
        <LinkButton href={view.againHref} isWide>
          {t("slip.again")}
        </LinkButton>
      </div>
    </PhoneShell>
  );
}

/** They need script, so they are hidden until it has run: a button that does nothing is a lie. */
function SlipActions({ t }: { readonly t: Translate }) {
  return (
    <div className="grid grid-cols-2 gap-2 print:hidden" data-slip-actions hidden>
      <span data-slip-action="copy" data-done={t("slip.copied")} className="grid">
        <Button type="button">{t("slip.copy")}</Button>
      </span>
      <span data-slip-action="print" className="grid">
        <Button type="button">{t("slip.print")}</Button>
      </span>
    </div>
  );
}

function HowToType({ energyText, t }: { readonly energyText: string; readonly t: Translate }) {
  const steps = [
    t("slip.typeDigits"),
    t("slip.typeEnter"),
    t("slip.typeAccept", { energy: energyText }),
  ];
  return (
    <section className="print:mt-6">
      <h2 className="text-lead font-strong">{t("slip.typeTitle")}</h2>
      <ol className="mt-2 grid gap-1.5">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-3">
            <span className="w-4 shrink-0 text-quiet">{index + 1}</span>
            {step}
          </li>
        ))}
      </ol>
      <p className="mt-4 text-small text-quiet print:hidden">{t("slip.keep")}</p>
    </section>
  );
}
