export type FigureView = {
  readonly label: string;
  readonly valueText: string;
  /** Small beside the number: kWh, "of 24 units". */
  readonly unitText?: string;
};

/** The numbers a page is about: large, tabular, each with its unit small beside it. */
export function Figures({ figures }: { readonly figures: readonly FigureView[] }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt className="text-small text-quiet">{figure.label}</dt>
          <dd className="text-title font-strong tracking-tight tablet:text-figure">
            <bdi>{figure.valueText}</bdi>
            {figure.unitText ? (
              <span className="ms-1.5 text-body font-normal tracking-normal text-quiet">
                {figure.unitText}
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
