import type { Translate } from "@/components/ui/translate";

export type ExampleView = {
  readonly meterNumberText: string;
  readonly unitText: string;
  readonly buyHref: string;
  readonly meterHref: string;
};

/** Meters of a practice installation, each with the way to buy for it and to type into it. */
export function HomeExamples(props: {
  readonly examples: readonly ExampleView[];
  readonly t: Translate;
}) {
  const { examples, t } = props;
  if (examples.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="text-lead font-strong">{t("home.examplesTitle")}</h2>
      <p className="mt-1 text-quiet">{t("home.examplesHint")}</p>
      <ul className="mt-3 grid border-t border-line desk:grid-cols-2 desk:gap-x-24">
        {examples.map((example) => (
          <li
            key={example.meterNumberText}
            className="flex flex-wrap items-center gap-x-4 border-b border-line"
          >
            <p className="flex min-h-12 grow items-center gap-4">
              <span className="font-medium">{example.unitText}</span>
              <bdi dir="ltr" className="font-mono">
                {example.meterNumberText}
              </bdi>
            </p>
            <ExampleLink
              href={example.buyHref}
              text={t("home.buy")}
              label={t("home.exampleBuy", { unit: example.unitText })}
            />
            <ExampleLink
              href={example.meterHref}
              text={t("home.openMeter")}
              label={t("home.exampleMeter", { unit: example.unitText })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExampleLink(props: {
  readonly href: string;
  readonly text: string;
  readonly label: string;
}) {
  return (
    <a
      href={props.href}
      aria-label={props.label}
      className="flex min-h-12 items-center underline decoration-line underline-offset-4
        hover:decoration-ink"
    >
      {props.text}
    </a>
  );
}
