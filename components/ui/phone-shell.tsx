import type { ReactNode } from "react";
import { BrandMark } from "./brand-mark";
import { PracticeStrip } from "./practice-strip";
import type { Translate } from "./translate";

/** What every phone page knows: who sells, whether it is practice, and the reader's words. */
export type PhoneFrame = {
  readonly t: Translate;
  readonly isPractice: boolean;
  /** Null where no seller is known yet: the first page, sign-in, a meter not found. */
  readonly sellerName: string | null;
};

/**
 * The frame of a page that does one thing: the seller on top, one column, Voltlet below.
 * `width` is the column's: a phone's everywhere, or a desk's where a page has two halves.
 */
export function PhoneShell(props: {
  readonly frame: PhoneFrame;
  readonly children: ReactNode;
  readonly width?: "column" | "desk";
}) {
  const { t, isPractice, sellerName } = props.frame;
  const width = props.width === "desk" ? "max-w-column desk:max-w-desk" : "max-w-column";
  const column = `mx-auto w-full px-4 desk:px-6 print:max-w-none ${width}`;
  return (
    <div className="flex min-h-dvh flex-col">
      {isPractice ? <PracticeStrip t={t} /> : null}
      <header className={`${column} flex items-center gap-3 py-4 print:hidden`}>
        {sellerName === null ? (
          <BrandLink t={t} />
        ) : (
          <p className="line-clamp-2 min-w-0 font-strong">
            <bdi>{sellerName}</bdi>
          </p>
        )}
      </header>
      <main className={`${column} flex grow flex-col gap-6 pb-8 tablet:pt-4 tablet:pb-16`}>
        {props.children}
      </main>
      {sellerName === null ? null : (
        <footer className={`${column} pt-2 pb-6 text-small text-quiet print:hidden`}>
          <a href="/" className="inline-flex min-h-11 items-center gap-2">
            <BrandMark />
            {t("brand.soldThrough")}
          </a>
        </footer>
      )}
    </div>
  );
}

function BrandLink({ t }: { readonly t: Translate }) {
  return (
    <a
      href="/"
      aria-label={t("brand.home")}
      className="inline-flex min-h-11 items-center gap-2.5 font-strong"
    >
      <BrandMark />
      {t("brand.name")}
    </a>
  );
}
