import type { ReactNode } from "react";
import { BrandMark } from "./brand-mark";
import { Button } from "./button";
import { type ConsoleMenu, OrganizationMenu } from "./console-menu";
import { Palette, type PaletteView } from "./console-palette";
import { type HiddenField, HiddenFields } from "./hidden-fields";
import { PracticeStrip } from "./practice-strip";
import { SupportBanner, type SupportBannerView } from "./support-banner";
import type { Translate } from "./translate";

export type ConsoleFrame = {
  readonly t: Translate;
  readonly isPractice: boolean;
  readonly organizationName: string;
  readonly personName: string;
  readonly nav: readonly {
    readonly href: string;
    readonly label: string;
    readonly isCurrent: boolean;
  }[];
  readonly search: PaletteView;
  readonly menu: ConsoleMenu;
  /** Who looks on as support at this moment. */
  readonly support: readonly SupportBannerView[];
  readonly signOut: { readonly action: string; readonly fields: readonly HiddenField[] };
};

/** The frame of the console: top bar, the way around, who is signed in and the way out. */
export function ConsoleShell(props: {
  readonly frame: ConsoleFrame;
  readonly children: ReactNode;
}) {
  const { t, isPractice } = props.frame;
  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="sr-only bg-glow text-glow-ink focus:not-sr-only focus:absolute focus:z-10
          focus:p-3"
      >
        {t("console.skip")}
      </a>
      {isPractice ? <PracticeStrip t={t} /> : null}
      <SupportBanner support={props.frame.support} />
      <TopBar frame={props.frame} />
      <main id="content" className="mx-auto max-w-desk px-4 pt-6 pb-16 tablet:px-8 tablet:pt-8">
        {props.children}
      </main>
    </div>
  );
}

// The places have a row of their own, that is pushed sideways where the words are longer than the
// screen.
const PLACES =
  "order-last -mx-4 flex w-[calc(100%+2rem)] gap-x-5 overflow-x-auto px-4 " +
  "desk:mx-0 desk:w-full desk:gap-x-6 desk:px-0";

function TopBar({ frame }: { readonly frame: ConsoleFrame }) {
  const { t } = frame;
  return (
    <header className="border-b border-line print:hidden">
      <div className="mx-auto flex max-w-desk flex-wrap items-center gap-x-5 px-4 tablet:px-8">
        <div className="flex min-h-14 min-w-0 items-center gap-2">
          <a
            href={frame.nav[0]?.href ?? "/"}
            className="inline-flex min-h-14 min-w-0 items-center gap-2.5 font-strong"
          >
            <BrandMark />
            <bdi className="truncate">{frame.organizationName}</bdi>
          </a>
          <OrganizationMenu menu={frame.menu} />
        </div>
        <nav aria-label={t("console.nav")} className={PLACES}>
          {frame.nav.map((item) => (
            <a
              key={item.href}
              href={item.href}
              aria-current={item.isCurrent ? "page" : undefined}
              className="-mb-px flex min-h-11 shrink-0 items-center border-b-2 border-transparent
                text-quiet hover:text-ink aria-[current=page]:border-glow
                aria-[current=page]:font-medium
                aria-[current=page]:text-ink"
            >
              {item.label}
            </a>
          ))}
        </nav>
        <div className="ms-auto flex min-h-14 items-center">
          <Palette view={frame.search} />
        </div>
        <form
          action={frame.signOut.action}
          method="post"
          className="flex min-h-14 min-w-0 items-center gap-4"
        >
          <HiddenFields fields={frame.signOut.fields} />
          <a href="/account" className="min-w-0 truncate text-small text-quiet hover:text-ink">
            <span className="tablet:hidden">{t("console.account")}</span>
            <span className="hidden tablet:inline">
              <span className="sr-only">{t("console.signedInAs", { name: "" })}</span>
              <bdi>{frame.personName}</bdi>
            </span>
          </a>
          <span className="shrink-0">
            <Button size="console">{t("console.signOut")}</Button>
          </span>
        </form>
      </div>
    </header>
  );
}
