import {
  BoughtAgainstUsed,
  type BoughtAgainstUsedView,
} from "@/components/metering/bought-against-used";
import { TopUpHistory, type TopUpView } from "@/components/property/top-up-history";
import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FormState } from "@/components/ui/form-state";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { HomeCredit, type HomeCreditView } from "./home-credit";
import { HomeSwitch, type HomeSwitchView } from "./home-switch";

export type HomeView = {
  readonly leaseId: string;
  readonly unitLabel: string;
  readonly buildingName: string;
  /** Until when the lease runs or ran; null while no end is known. */
  readonly endsText: string | null;
  readonly hasEnded: boolean;
  readonly hasMeter: boolean;
  /** Null once the lease is over. */
  readonly credit: HomeCreditView | null;
  readonly buyHref: string | null;
  /** Null where there is no meter of the resident's to read. */
  readonly reading: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: ActionFormView;
  } | null;
  /** Null where nothing is known yet. */
  readonly usage: BoughtAgainstUsedView | null;
  readonly topUps: readonly TopUpView[];
  readonly earlierHref: string | null;
  readonly newestHref: string | null;
};

export type ResidentHomeView = {
  readonly personName: string;
  /** Null for who holds no lease. */
  readonly home: HomeView | null;
  readonly homes: readonly HomeSwitchView[];
  /** Where the code of a printed invitation is typed. */
  readonly joinHref: string;
  readonly signOut: { readonly action: string; readonly fields: readonly HiddenField[] };
};

/** A resident's home: how long the power lasts, what was bought and used, every slip again. */
export function ResidentHome(props: {
  readonly frame: PhoneFrame;
  readonly view: ResidentHomeView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame} width="desk">
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("homePage.title")}</h1>
        <p className="mt-1 text-quiet">{t("homePage.hello", { name: view.personName })}</p>
      </div>
      {view.homes.length > 1 ? <HomeSwitch homes={view.homes} t={t} /> : null}
      {view.home ? (
        <HomeSections home={view.home} t={t} />
      ) : (
        <EmptyState
          title={t("homePage.noLease")}
          text={t("homePage.noLeaseText")}
          action={{ href: view.joinHref, label: t("homePage.join") }}
        />
      )}
      <Leaving view={view} t={t} />
    </PhoneShell>
  );
}

function HomeSections({ home, t }: { readonly home: HomeView; readonly t: Translate }) {
  return (
    <div className="grid gap-x-12 gap-y-6 desk:grid-cols-[20rem_minmax(0,1fr)]">
      <section className="grid min-w-0 content-start gap-4" aria-labelledby="home-title">
        <div>
          <h2 id="home-title" className="text-lead font-strong">
            <bdi>{home.unitLabel}</bdi>{" "}
            <span className="block text-body font-normal text-quiet">
              <bdi>{home.buildingName}</bdi>
            </span>
          </h2>
          {home.endsText ? <p className="text-quiet">{home.endsText}</p> : null}
        </div>
        {home.credit && home.hasMeter ? <HomeCredit view={home.credit} /> : null}
        {home.hasMeter || home.hasEnded ? null : <p>{t("homePage.noMeter")}</p>}
        {home.buyHref ? (
          <div className="print:hidden">
            <LinkButton href={home.buyHref} kind="primary" isWide>
              {t("homePage.buy")}
            </LinkButton>
          </div>
        ) : null}
        {home.reading ? (
          <div className="print:hidden">
            <ActionForm key={home.leaseId} action={home.reading.action} view={home.reading.view} />
          </div>
        ) : null}
      </section>
      <div className="grid min-w-0 content-start gap-8">
        {home.usage ? <BoughtAgainstUsed view={home.usage} t={t} /> : null}
        <section id="history" aria-label={t("homePage.history")}>
          {home.topUps.length === 0 && !home.newestHref ? (
            <EmptyState title={t("homePage.historyEmpty")} text={t("homePage.historyEmptyText")} />
          ) : (
            <TopUpHistory
              unitLabel={home.unitLabel}
              title={t("homePage.history")}
              topUps={home.topUps}
              t={t}
            />
          )}
          <p className="flex flex-wrap gap-x-6 print:hidden">
            <PageLink href={home.newestHref} text={t("homePage.newest")} />
            <PageLink href={home.earlierHref} text={t("homePage.earlier")} />
          </p>
        </section>
      </div>
    </div>
  );
}

function PageLink({ href, text }: { readonly href: string | null; readonly text: string }) {
  if (!href) return null;
  return (
    <a href={href} className="inline-flex min-h-11 items-center underline">
      {text}
    </a>
  );
}

function Leaving({ view, t }: { readonly view: ResidentHomeView; readonly t: Translate }) {
  return (
    <>
      {view.home ? (
        <p className="text-small text-quiet print:hidden">
          <a href={view.joinHref} className="inline-flex min-h-11 items-center underline">
            {t("homePage.joinAnother")}
          </a>
        </p>
      ) : null}
      <div className="mt-auto grid gap-2 desk:max-w-72 print:hidden">
        <LinkButton href="/account" kind="quiet" isWide>
          {t("homePage.account")}
        </LinkButton>
        <form method="post" action={view.signOut.action}>
          <HiddenFields fields={view.signOut.fields} />
          <Button kind="quiet" isWide>
            {t("console.signOut")}
          </Button>
        </form>
      </div>
    </>
  );
}
