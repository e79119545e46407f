import { LinkButton } from "@/components/ui/link-button";
import type { Translate } from "@/components/ui/translate";

export type StoryRowView = {
  readonly key: string;
  readonly kind: string;
  readonly atText: string;
  readonly text: string;
  readonly figureText: string;
  readonly href: string | null;
};

export type StoryView = {
  readonly title: string;
  readonly rows: readonly StoryRowView[];
  readonly earlierHref: string | null;
  readonly newestHref: string | null;
};

/** Each kind's dot; the words beside it say the same. */
const DOTS: Readonly<Record<string, string>> = {
  bought: "fill-glow stroke-glow-deep",
  free: "fill-glow-soft stroke-glow-deep",
  reading: "fill-teal stroke-teal",
  quarantined: "fill-corner stroke-corner",
  refunded: "fill-corner stroke-corner",
};

/** A unit's story on a time line, newest first. */
export function UnitStory({ view, t }: { readonly view: StoryView; readonly t: Translate }) {
  return (
    <section id="story" aria-labelledby="story-title">
      <h2 id="story-title" className="mb-3 text-lead font-strong">
        {view.title}
      </h2>
      {view.rows.length === 0 ? <p className="text-quiet">{t("story.empty")}</p> : null}
      <ol className="ms-1.5 border-s border-line">
        {view.rows.map((row) => (
          <li key={row.key} className="relative ps-6 pb-4">
            <svg
              viewBox="0 0 12 12"
              className="absolute -start-1.5 top-1.5 size-3"
              aria-hidden="true"
            >
              <circle
                cx="6"
                cy="6"
                r="4.5"
                strokeWidth="2"
                className={DOTS[row.kind] ?? "fill-raised stroke-edge"}
              />
            </svg>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="min-w-0">
                {row.href ? (
                  <a href={row.href} className="underline decoration-line underline-offset-4">
                    {row.text}
                  </a>
                ) : (
                  row.text
                )}
              </p>
              <p className="font-medium">{row.figureText}</p>
            </div>
            <p className="text-small text-quiet">{row.atText}</p>
          </li>
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap gap-2">
        {view.newestHref ? (
          <LinkButton href={view.newestHref} size="console">
            {t("story.newest")}
          </LinkButton>
        ) : null}
        {view.earlierHref ? (
          <LinkButton href={view.earlierHref} size="console">
            {t("story.earlier")}
          </LinkButton>
        ) : null}
      </div>
    </section>
  );
}
