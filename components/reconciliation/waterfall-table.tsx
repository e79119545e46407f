import type { Translate } from "@/components/ui/translate";

export type StepView = {
  readonly key: string;
  readonly tone: "glow" | "teal" | "leaf" | "brick" | "stone";
  /** Where its bar stands, in thousandths of the scale. */
  readonly low: number;
  readonly high: number;
  readonly isEstimated: boolean;
  readonly label: string;
  readonly hint: string;
  readonly href: string;
  readonly valueText: string;
  /** What it stands on; empty for what is exact. */
  readonly noteText: string;
};

export type WaterfallView = {
  readonly title: string;
  readonly unitText: string;
  readonly sentence: string;
  readonly more: string | null;
  readonly steps: readonly StepView[];
  readonly zero: number;
  /** What is missing to compare, and the way to it. */
  readonly missing: { readonly title: string; readonly text: string } | null;
};

const FILLS = {
  glow: "fill-glow text-glow print:fill-ink",
  teal: "fill-teal text-teal print:fill-ink",
  leaf: "fill-leaf text-leaf print:fill-ink",
  brick: "fill-brick text-brick print:fill-ink",
  stone: "fill-edge text-edge print:fill-ink",
} as const;

/**
 * A waterfall that is a table: each step a row with its bar, that begins where the one above ended.
 * Every figure leads to what it is made of.
 */
export function WaterfallTable(props: { readonly view: WaterfallView; readonly t: Translate }) {
  const { view, t } = props;
  return (
    <table className="mt-4 w-full border-collapse">
      <caption className="sr-only">{view.title}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("reconciliation.figure")}</th>
          <th scope="col">{t("reconciliation.bar")}</th>
          <th scope="col">
            {t("reconciliation.amount")}, {view.unitText}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.steps.map((step, index) => (
          <tr key={step.key} className="break-inside-avoid border-t border-line align-top">
            <th scope="row" className="w-2/5 py-2.5 text-start font-normal">
              <a
                href={step.href}
                className="font-medium underline decoration-line underline-offset-4
                  hover:decoration-ink print:no-underline"
              >
                {step.label}
              </a>
              <span className="block text-small text-quiet">{step.hint}</span>
            </th>
            <td className="px-3 py-3">
              <BarOf
                step={step}
                previous={view.steps[index - 1] ?? null}
                zero={view.zero}
                id={`hatch-${step.key}`}
              />
            </td>
            <td className="py-2.5 text-end">
              <span className="font-medium whitespace-nowrap">
                <bdi>{step.valueText}</bdi>
              </span>
              {step.noteText ? (
                <span className="block text-small text-quiet">{step.noteText}</span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BarOf(props: {
  readonly step: StepView;
  readonly previous: StepView | null;
  readonly zero: number;
  readonly id: string;
}) {
  const { step, previous, zero, id } = props;
  const width = step.high - step.low;
  if (width === 0 && step.key === "free") return null;
  return (
    <svg
      viewBox="0 0 1000 60"
      preserveAspectRatio="none"
      className={`block h-5 w-full ${FILLS[step.tone]}`}
      aria-hidden="true"
    >
      <defs>
        <pattern id={id} width="16" height="60" patternUnits="userSpaceOnUse">
          <rect width="9" height="60" />
        </pattern>
      </defs>
      {zero > 0 ? <Mark at={zero} /> : null}
      {previous && width > 0 ? <Mark at={previous.low} /> : null}
      <rect
        x={step.low}
        width={Math.max(width, 2)}
        y="4"
        height="52"
        {...(step.isEstimated ? { fill: `url(#${id})` } : {})}
      />
      {step.isEstimated ? (
        <rect
          x={step.low}
          width={Math.max(width, 2)}
          y="4"
          height="52"
          className="fill-none stroke-current"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </svg>
  );
}

function Mark({ at }: { readonly at: number }) {
  return (
    <line
      x1={at}
      x2={at}
      y1="0"
      y2="60"
      className="stroke-edge"
      strokeWidth="1"
      strokeDasharray="2 2"
      vectorEffect="non-scaling-stroke"
    />
  );
}
