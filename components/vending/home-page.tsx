import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { DuskDrawing } from "./dusk-drawing";
import { type ExampleView, HomeExamples } from "./home-examples";

export type HomeView = {
  /** A GET form that carries `meter` to the buy page. */
  readonly buyAction: string;
  readonly signInHref: string;
  /** A practice installation shows meters to try; empty in production. */
  readonly examples: readonly ExampleView[];
};

/** The first page: a resident types a meter number, a landlord finds the way in. */
export function HomePage({ frame, view }: { readonly frame: PhoneFrame; readonly view: HomeView }) {
  const { t } = frame;
  return (
    <PhoneShell frame={frame} width="desk">
      <div className="grid gap-12 desk:grid-cols-2 desk:items-center desk:gap-24 desk:pt-6">
        <div className="grid gap-8">
          <div>
            <h1 className="text-figure font-strong tracking-tight desk:text-token">
              {t("home.title")}
            </h1>
            <p className="mt-3 text-lead text-quiet">{t("home.lead")}</p>
          </div>
          <form method="get" action={view.buyAction} className="grid gap-3">
            <Field
              id="meter"
              name="meter"
              label={t("buy.meterNumber")}
              hint={t("buy.meterHint")}
              inputMode="numeric"
              maxLength={30}
              isDigits
            />
            <Button kind="primary" isWide>
              {t("home.continue")}
            </Button>
          </form>
        </div>
        <DuskDrawing label={t("home.drawing")} />
      </div>
      <HomeExamples examples={view.examples} t={t} />
      <ForWhom view={view} t={t} />
    </PhoneShell>
  );
}

function ForWhom({ view, t }: { readonly view: HomeView; readonly t: Translate }) {
  return (
    <div className="mt-6 grid gap-8 border-t border-line pt-8 desk:grid-cols-2 desk:gap-24">
      <section>
        <h2 className="text-lead font-strong">{t("home.residentsTitle")}</h2>
        <p className="mt-1 text-quiet">{t("home.residents")}</p>
      </section>
      <section>
        <h2 className="text-lead font-strong">{t("home.landlordsTitle")}</h2>
        <p className="mt-1 mb-4 text-quiet">{t("home.landlords")}</p>
        <LinkButton href={view.signInHref}>{t("home.landlordSignIn")}</LinkButton>
      </section>
    </div>
  );
}
