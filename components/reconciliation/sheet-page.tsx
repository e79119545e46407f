import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/components/ui/translate";
import { SheetHead } from "./sheet-head";
import { WaterfallTable, type WaterfallView } from "./waterfall-table";

export type SheetView = {
  readonly title: string;
  /** "October 2026", or that the month is not over. */
  readonly leadText: string;
  readonly building: { readonly name: string; readonly href: string };
  readonly month: string;
  readonly path: string;
  readonly earlierHref: string;
  readonly laterHref: string | null;
  readonly csvHref: string;
  readonly roomsHref: string;
  readonly printedText: string;
  /** Said where nothing is on record; null otherwise. */
  readonly emptyText: string | null;
  readonly thisMonthHref: string;
  readonly energy: WaterfallView;
  readonly money: WaterfallView;
  readonly gaps: {
    readonly title: string;
    readonly units: readonly {
      readonly key: string;
      readonly href: string;
      readonly text: string;
    }[];
  } | null;
  readonly signs: readonly {
    readonly key: string;
    readonly label: string;
    readonly href: string;
    readonly text: string;
  }[];
};

/** A building and month reconciled: two waterfalls, what is missing, who uses without buying. */
export function SheetPage(props: { readonly frame: ConsoleFrame; readonly view: SheetView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <Head view={view} t={t} />
      {view.emptyText ? (
        <EmptyState
          title={view.emptyText}
          text={t("reconciliation.emptyText")}
          action={{ href: view.thisMonthHref, label: t("reconciliation.thisMonth") }}
        />
      ) : (
        <Body view={view} t={t} />
      )}
    </ConsoleShell>
  );
}

type Part = { readonly view: SheetView; readonly t: Translate };

function Head({ view, t }: Part) {
  return (
    <header className="mb-8 grid gap-4">
      <SheetHead
        placeText={view.building.name}
        placeHref={view.building.href}
        title={view.title}
        printedText={view.printedText}
      >
        <p className="text-lead">{view.leadText}</p>
      </SheetHead>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-3 print:hidden">
        <form action={view.path} method="get" className="flex items-end gap-2">
          <div>
            <label htmlFor="month" className="mb-1 block text-small text-quiet">
              {t("reconciliation.month")}
            </label>
            <input
              id="month"
              name="month"
              type="month"
              defaultValue={view.month}
              className="h-9 rounded-control border border-edge bg-raised px-2.5 text-body"
            />
          </div>
          <Button size="console">{t("reconciliation.show")}</Button>
        </form>
        <LinkButton href={view.earlierHref} size="console">
          {t("reconciliation.earlier")}
        </LinkButton>
        {view.laterHref ? (
          <LinkButton href={view.laterHref} size="console">
            {t("reconciliation.later")}
          </LinkButton>
        ) : null}
        <span className="flex gap-x-5 py-1.5 desk:ms-auto">
          <TextLink href={view.roomsHref}>{t("reconciliation.rooms")}</TextLink>
          <TextLink href={view.csvHref}>{t("reconciliation.csv")}</TextLink>
        </span>
      </div>
    </header>
  );
}

function TextLink(props: { readonly href: string; readonly children: string }) {
  return (
    <a
      href={props.href}
      className="underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {props.children}
    </a>
  );
}

function Body({ view, t }: Part) {
  return (
    <>
      <div className="grid gap-x-14 gap-y-10 desk:grid-cols-2 print:grid-cols-1 print:gap-y-8">
        <Waterfall view={view.energy} t={t} />
        <Waterfall view={view.money} t={t} />
      </div>
      <p className="mt-3 text-small text-quiet">{t("reconciliation.legend")}</p>
      <div className="mt-8 grid gap-x-14 gap-y-10 desk:grid-cols-2">
        <Signs view={view} t={t} />
        <Gaps view={view} t={t} />
      </div>
    </>
  );
}

function Waterfall({ view, t }: { readonly view: WaterfallView; readonly t: Translate }) {
  return (
    <section className="min-w-0 break-inside-avoid">
      <h2 className="text-lead font-strong">{view.title}</h2>
      <p className="mt-1 max-w-reading">{view.sentence}</p>
      {view.more ? <p className="mt-1 max-w-reading text-quiet">{view.more}</p> : null}
      {view.missing ? (
        <div className="mt-4">
          <Notice kind="note" title={view.missing.title}>
            <p>{view.missing.text}</p>
          </Notice>
        </div>
      ) : null}
      <WaterfallTable view={view} t={t} />
    </section>
  );
}

function Signs({ view, t }: Part) {
  return (
    <section>
      <h2 className="mb-2 text-lead font-strong">{t("reconciliation.signs")}</h2>
      {view.signs.length === 0 ? (
        <p className="border-t border-line pt-2.5 text-quiet">{t("reconciliation.noSigns")}</p>
      ) : (
        <ul className="border-t border-line">
          {view.signs.map((sign) => (
            <li key={sign.key} className="break-inside-avoid border-b border-line py-2.5">
              <a href={sign.href} className="font-medium hover:underline">
                <bdi>{sign.label}</bdi>
              </a>{" "}
              {sign.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Gaps({ view, t }: Part) {
  const { gaps } = view;
  if (!gaps) return <p className="self-start text-quiet">{t("reconciliation.noGaps")}</p>;
  return (
    <section>
      <h2 className="text-lead font-strong">{gaps.title}</h2>
      <p className="mb-2 text-quiet">{t("reconciliation.gapsText")}</p>
      <ul className="flex flex-wrap gap-x-6 gap-y-1 border-t border-line pt-2.5">
        {gaps.units.map((unit) => (
          <li key={unit.key}>
            <a href={unit.href} className="hover:underline">
              {unit.text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
