/** A row of windows: bright, dim, dar`k`, vacant. The drawing shows a look, not a building. */
const ROWS = ["bbdbb", "bkbbb", "vbbbd", "bbbkb", "dbbbb"];

const WINDOWS = ROWS.flatMap((row, floor) =>
  row.split("").map((light, column) => ({ light, x: 80 + column * 68, y: 64 + floor * 62 })),
);

/** The building at dusk that greets on the first page. */
export function DuskDrawing({ label }: { readonly label: string }) {
  return (
    <svg viewBox="0 0 480 452" role="img" aria-label={label} className="h-auto w-full">
      <rect x="96" y="14" width="44" height="28" rx="4" className="fill-stone" />
      <path d="M104 42v6m28-6v6" className="stroke-stone" strokeWidth="4" />
      <path d="M372 46V10m-10 8h20m-16 8h12" className="fill-none stroke-stone" strokeWidth="2.5" />
      <rect x="44" y="44" width="392" height="388" rx="3" className="fill-wall" />
      <rect x="36" y="40" width="408" height="10" rx="2" className="fill-stone" />
      {WINDOWS.map((place) => (
        <Window key={`${place.x}-${place.y}`} {...place} />
      ))}
      <Entrance />
      <path d="M0 432h480" className="stroke-edge" strokeWidth="2" />
    </svg>
  );
}

function Window(props: { readonly light: string; readonly x: number; readonly y: number }) {
  const { light, x, y } = props;
  const isDim = light === "d";
  const fill = { b: "fill-glow", d: "fill-glow-soft", k: "fill-pane-dark", v: "fill-wall" }[light];
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width="48" height="40" rx="2" className={fill} />
      {isDim ? <rect y="28" width="48" height="12" className="fill-glow" /> : null}
      {light === "v" ? (
        <path
          d="M0 3h48M0 9h48M0 15h48M0 21h48M0 27h48M0 33h48M0 38h48"
          className="stroke-pane-shut"
          strokeWidth="3"
        />
      ) : (
        <path d="M24 0v40" className="stroke-wall" strokeWidth="2.5" />
      )}
      <rect y="41" x="-3" width="54" height="4" rx="1" className="fill-stone" />
    </g>
  );
}

function Entrance() {
  return (
    <g transform="translate(206 376)">
      <rect width="68" height="56" rx="2" className="fill-stone" />
      <rect x="6" y="6" width="56" height="10" className="fill-glow" />
      <rect x="6" y="20" width="26" height="36" className="fill-wall" />
      <rect x="36" y="20" width="26" height="36" className="fill-wall" />
    </g>
  );
}
