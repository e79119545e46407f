import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import { TopUpHistory, type TopUpView } from "./top-up-history";

export type ResidentHomeView = {
  readonly personName: string;
  readonly homes: readonly {
    readonly leaseId: string;
    readonly unitLabel: string;
    readonly buildingName: string;
    /** Until when the lease runs or ran; null while no end is known. */
    readonly endsText: string | null;
    readonly buyHref: string | null;
    readonly topUps: readonly TopUpView[];
  }[];
  /** Where the code of a printed invitation is typed. */
  readonly joinHref: string;
  readonly signOut: { readonly action: string; readonly fields: readonly HiddenField[] };
};

/** A resident's own units, each with what was bought under the resident's lease. */
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
      {view.homes.length === 0 ? (
        <EmptyState
          title={t("homePage.noLease")}
          text={t("homePage.noLeaseText")}
          action={{ href: view.joinHref, label: t("homePage.join") }}
        />
      ) : null}
      {view.homes.map((home) => (
        <section
          key={home.leaseId}
          className="grid gap-4 desk:grid-cols-[18rem_minmax(0,1fr)] desk:gap-x-12"
        >
          <div className="grid content-start gap-4">
            <div>
              <h2 className="text-lead font-strong">
                {home.unitLabel} <span className="font-normal text-quiet">{home.buildingName}</span>
              </h2>
              {home.endsText ? <p className="text-quiet">{home.endsText}</p> : null}
            </div>
            {home.buyHref ? (
              <LinkButton href={home.buyHref} kind="primary" isWide>
                {t("homePage.buy")}
              </LinkButton>
            ) : null}
          </div>
          <TopUpHistory unitLabel={home.unitLabel} topUps={home.topUps} t={t} />
        </section>
      ))}
      {view.homes.length > 0 ? (
        <p className="text-small text-quiet">
          <a href={view.joinHref} className="inline-flex min-h-11 items-center underline">
            {t("homePage.joinAnother")}
          </a>
        </p>
      ) : null}
      <div className="mt-auto grid gap-2 desk:max-w-72">
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
    </PhoneShell>
  );
}
