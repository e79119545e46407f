import { Button } from "@/components/ui/button";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";

export type CheckoutView = {
  /** Posts `outcome`: approve, decline, abandon or late. */
  readonly action: string;
  readonly fields: readonly HiddenField[];
  readonly amountText: string;
  readonly payeeName: string;
  /** What is bought, such as "20.4 kWh for meter 0100 0451 278". */
  readonly purposeText: string;
  /** Once answered the buttons go and the way back stands alone. */
  readonly isAnswered: boolean;
  readonly backHref: string;
};

/** Stands in for a payment provider's page, where the tester decides how the payment goes. */
export function CheckoutPage(props: { readonly frame: PhoneFrame; readonly view: CheckoutView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-lead font-strong">{t("checkout.title")}</h1>
        <p className="mt-1 text-quiet">{t("checkout.explain")}</p>
      </div>
      <div className="border-y border-line py-5">
        <p className="text-token font-strong tracking-tight">{view.amountText}</p>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-quiet">{t("checkout.to")}</dt>
          <dd className="font-medium">{view.payeeName}</dd>
          <dt className="text-quiet">{t("checkout.for")}</dt>
          <dd>{view.purposeText}</dd>
        </dl>
      </div>
      {view.isAnswered ? (
        <>
          <Notice kind="ok" title={t("checkout.done")} />
          <LinkButton href={view.backHref} kind="primary" isWide>
            {t("checkout.back")}
          </LinkButton>
        </>
      ) : (
        <Outcomes view={view} t={t} />
      )}
    </PhoneShell>
  );
}

const OUTCOMES = ["approve", "late", "decline", "abandon"] as const;

function Outcomes({ view, t }: { readonly view: CheckoutView; readonly t: Translate }) {
  return (
    <form method="post" action={view.action} className="grid gap-4">
      <HiddenFields fields={view.fields} />
      {OUTCOMES.map((outcome) => (
        <div key={outcome}>
          <Button
            name="outcome"
            value={outcome}
            kind={outcome === "approve" ? "primary" : "plain"}
            describedBy={`${outcome}-hint`}
            isWide
          >
            {t(`checkout.${outcome}`, { amount: view.amountText })}
          </Button>
          <p id={`${outcome}-hint`} className="mt-1.5 text-center text-small text-quiet">
            {t(`checkout.${outcome}Hint`)}
          </p>
        </div>
      ))}
    </form>
  );
}
