"use client";

export type UsageBar = {
  readonly key: string;
  readonly label: string;
  /** What a pointer that rests on it reads. */
  readonly told: string;
  /** All heights in thousandths of the scale. */
  readonly bought: number;
  /** Null where nothing is known of what was used. */
  readonly used: number | null;
  readonly isMeasured: boolean;
  /** What was used in the same place of the period before. */
  readonly before: number | null;
  /** What changed then, in a word; null for an ordinary day. */
  readonly mark: string | null;
};

export type UsageChartView = {
  readonly bars: readonly UsageBar[];
  readonly title: string;
  readonly axis: readonly { readonly at: number; readonly text: string }[];
};

type Size = { readonly width: number; readonly height: number; readonly labels: number };

const WIDE: Size = { width: 1_176, height: 240, labels: 10 };
const NARROW: Size = { width: 350, height: 200, labels: 3 };
const EDGE = { start: 40, top: 22, bottom: 22 };

/**
 * Bought as bars and used as a line, once for a desk and once for a phone. Drawn on the server,
 * from few numbers a bar: they alone travel to the script, not every line again.
 */
export function UsageChart({ view }: { readonly view: UsageChartView }) {
  return (
    <>
      <Drawing view={view} size={NARROW} className="block w-full tablet:hidden" />
      <Drawing view={view} size={WIDE} className="hidden w-full tablet:block" />
    </>
  );
}

type Plot = {
  readonly size: Size;
  readonly step: number;
  readonly xOf: (index: number) => number;
  readonly yOf: (thousandths: number) => number;
};

function plotOf({ bars }: UsageChartView, size: Size): Plot {
  const step = (size.width - EDGE.start) / Math.max(bars.length, 1);
  const inner = size.height - EDGE.top - EDGE.bottom;
  return {
    size,
    step,
    xOf: (index) => tenths(EDGE.start + (index + 0.5) * step),
    yOf: (thousandths) => tenths(EDGE.top + (inner * (1_000 - thousandths)) / 1_000),
  };
}

/** As fine as a screen shows: sixteen digits of a third weigh more than the line they place. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function Drawing(props: {
  readonly view: UsageChartView;
  readonly size: Size;
  readonly className: string;
}) {
  const { view, size } = props;
  const { bars } = view;
  const plot = plotOf(view, size);
  const { step, xOf, yOf } = plot;
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={view.title}
      className={props.className}
    >
      <Scale axis={view.axis} plot={plot} />
      {bars.map((bar, index) => (
        <Column key={bar.key} bar={bar} x={xOf(index)} step={step} yOf={yOf} />
      ))}
      <Labels bars={bars} plot={plot} />
      <Area bars={bars} plot={plot} />
      <Line bars={bars} xOf={xOf} yOf={yOf} />
      <Marks bars={bars} plot={plot} />
      <Pointed bars={bars} plot={plot} />
    </svg>
  );
}

function Scale({ axis, plot }: { readonly axis: UsageChartView["axis"]; readonly plot: Plot }) {
  const { size, yOf } = plot;
  return axis.map(({ at, text }) => (
    <g key={at}>
      <line x1={EDGE.start} x2={size.width} y1={yOf(at)} y2={yOf(at)} className="stroke-line" />
      <text
        x={EDGE.start - 6}
        y={yOf(at) + 4}
        textAnchor="end"
        fontSize={11}
        className="fill-quiet"
      >
        {text}
      </text>
    </g>
  ));
}

type Part = { readonly bars: readonly UsageBar[]; readonly plot: Plot };

/** As many as are legible: every so many bars one. */
function Labels({ bars, plot }: Part) {
  const every = Math.max(1, Math.ceil(bars.length / plot.size.labels));
  return bars.map((bar, index) =>
    index % every === 0 ? (
      <text
        key={bar.key}
        x={plot.xOf(index)}
        y={plot.size.height - 6}
        textAnchor={index === 0 ? "start" : "middle"}
        fontSize={11}
        className="fill-quiet"
      >
        {bar.label}
      </text>
    ) : null,
  );
}

/** About how wide a word is in the marks' size. */
const wordWidth = (text: string) => text.length * 5.8;

/** A dashed line with its word, which stays inside the drawing and clear of the word before it. */
function Marks({ bars, plot }: Part) {
  let taken = 0;
  return bars.map((bar, index) => {
    if (bar.mark === null) return null;
    const x = plot.xOf(index);
    const width = wordWidth(bar.mark);
    const isAtEnd = x + 4 + width > plot.size.width;
    const start = isAtEnd ? x - width : x;
    const hasRoom = start >= taken && start >= 0;
    if (hasRoom) taken = start + width + 8;
    return (
      <g key={bar.key}>
        <line
          x1={x}
          x2={x}
          y1={EDGE.top - 6}
          y2={plot.yOf(0)}
          strokeDasharray="3 3"
          className="stroke-edge"
        />
        {hasRoom ? (
          <text
            x={x}
            y={11}
            textAnchor={isAtEnd ? "end" : "start"}
            fontSize={11}
            className="fill-quiet"
          >
            {bar.mark}
          </text>
        ) : null}
      </g>
    );
  });
}

/** The whole height of each place answers to a pointer, the empty part too. */
function Pointed({ bars, plot }: Part) {
  return bars.map((bar, index) => (
    <rect
      key={bar.key}
      x={plot.xOf(index) - plot.step / 2}
      width={plot.step}
      y={EDGE.top}
      height={plot.yOf(0) - EDGE.top}
      className="fill-ink opacity-0 hover:opacity-5"
    >
      <title>{bar.told}</title>
    </rect>
  ));
}

/** The period before in grey behind, what was bought in amber before it. */
function Column(props: {
  readonly bar: UsageBar;
  readonly x: number;
  readonly step: number;
  readonly yOf: (thousandths: number) => number;
}) {
  const { bar, x, step, yOf } = props;
  const grey = Math.min(step * 0.86, 96);
  const amber = Math.min(step * 0.56, 62);
  const before = bar.before ?? 0;
  return (
    <>
      {before > 0 ? (
        <rect
          x={x - grey / 2}
          width={grey}
          y={yOf(before)}
          height={yOf(0) - yOf(before)}
          rx={1.5}
          className="fill-stone"
          opacity={0.7}
        />
      ) : null}
      {bar.bought > 0 ? (
        <rect
          x={x - amber / 2}
          width={amber}
          y={yOf(bar.bought)}
          height={yOf(0) - yOf(bar.bought)}
          rx={1.5}
          className="fill-glow"
        />
      ) : null}
    </>
  );
}

/** A breath of teal below what was used, so that a line of small figures has weight. */
function Area({ bars, plot }: Part) {
  return bars.map((bar, index) => {
    const last = bars[index - 1];
    if (!last || last.used === null || bar.used === null) return null;
    const [from, to] = [plot.xOf(index - 1), plot.xOf(index)];
    const floor = plot.yOf(0);
    const edge = `${from},${floor} ${from},${plot.yOf(last.used)} ${to},${plot.yOf(bar.used)}`;
    return (
      <polygon key={bar.key} points={`${edge} ${to},${floor}`} className="fill-teal opacity-10" />
    );
  });
}

/** From one known use to the next; dotted where either is estimated, broken where nothing is. */
function Line(props: {
  readonly bars: readonly UsageBar[];
  readonly xOf: (index: number) => number;
  readonly yOf: (thousandths: number) => number;
}) {
  const { bars, xOf, yOf } = props;
  return bars.map((bar, index) => {
    if (bar.used === null) return null;
    const last = bars[index - 1];
    const dot = (
      <circle
        cx={xOf(index)}
        cy={yOf(bar.used)}
        r={bar.isMeasured ? 2.5 : 2}
        className={bar.isMeasured ? "fill-teal" : "fill-paper stroke-teal"}
      />
    );
    if (!last || last.used === null) return <g key={bar.key}>{dot}</g>;
    const isDotted = !bar.isMeasured || !last.isMeasured;
    return (
      <g key={bar.key}>
        <line
          x1={xOf(index - 1)}
          y1={yOf(last.used)}
          x2={xOf(index)}
          y2={yOf(bar.used)}
          strokeWidth={2.2}
          strokeLinecap="round"
          strokeDasharray={isDotted ? "1 5" : undefined}
          className="stroke-teal"
        />
        {dot}
      </g>
    );
  });
}
