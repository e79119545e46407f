import type { Translate } from "./translate";

/** Tells on every page of a practice installation that no real money or power is involved. */
export function PracticeStrip({ t }: { readonly t: Translate }) {
  return (
    <aside
      aria-label={t("practice.label")}
      className="bg-stone px-4 py-1.5 text-center text-small print:hidden"
    >
      <b className="font-strong">{t("practice.label")}</b>
      <span aria-hidden="true"> · </span>
      {t("practice.strip")}
    </aside>
  );
}
