/** One line of a price. Its amount is already formatted in the building's currency. */
export type LineView = {
  readonly key: string;
  readonly label: string;
  readonly amountText: string;
};

/** The lines of a price and, under a rule, what they add up to: the same on quote and slip. */
export function AmountLines(props: {
  readonly lines: readonly LineView[];
  readonly totalLabel: string;
  readonly totalText: string;
}) {
  return (
    <dl className="grid gap-1.5">
      {props.lines.map((line) => (
        <div key={line.key} className="flex justify-between gap-4">
          <dt className="min-w-0">{line.label}</dt>
          <dd className="whitespace-nowrap">
            <bdi>{line.amountText}</bdi>
          </dd>
        </div>
      ))}
      <div
        className="mt-1 flex justify-between gap-4 border-t border-edge pt-2 text-lead
          font-strong"
      >
        <dt>{props.totalLabel}</dt>
        <dd className="whitespace-nowrap">{props.totalText}</dd>
      </div>
    </dl>
  );
}
