/** How many units are in which light. */
export type LightStripView = {
  readonly lit: number;
  readonly dim: number;
  readonly dark: number;
  /** Vacant, or without a figure. */
  readonly rest: number;
};

const WIDTH = 160;

/** A façade in one line: as much glow as there is credit, brick where there is none. */
export function LightStrip(props: { readonly view: LightStripView; readonly text: string }) {
  const { lit, dim, dark, rest } = props.view;
  const all = Math.max(1, lit + dim + dark + rest);
  const parts = [
    { key: "lit", count: lit, className: "fill-glow" },
    { key: "dim", count: dim, className: "fill-glow-soft stroke-glow-deep" },
    { key: "dark", count: dark, className: "fill-pane-dark" },
    { key: "rest", count: rest, className: "fill-stone" },
  ];
  let start = 0;
  const drawn = parts.map((part) => {
    const width = (part.count / all) * WIDTH;
    const x = start;
    start += width;
    return { ...part, x, width };
  });
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 12`}
      role="img"
      aria-label={props.text}
      preserveAspectRatio="none"
      className="block h-3 w-full"
    >
      <title>{props.text}</title>
      {drawn.map(({ key, x, width, className }) =>
        width === 0 ? null : (
          <rect
            key={key}
            x={x}
            y="0.5"
            width={Math.max(1, width - 1)}
            height="11"
            className={className}
          />
        ),
      )}
    </svg>
  );
}
