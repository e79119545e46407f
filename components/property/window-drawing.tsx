import type { Light } from "./light";

/**
 * One window, stretched to its place. Five lights, five shapes, so that it reads without colour:
 * all lit, lit only at the sill, no light, shutters closed, curtain drawn. The corner marks what
 * needs a person.
 */
export function WindowDrawing(props: {
  readonly light: Light;
  readonly needsYou: boolean;
  readonly panes: number;
}) {
  const { light, needsYou, panes } = props;
  return (
    <span className="relative block size-full overflow-hidden rounded-pane">
      <svg className="absolute inset-0 size-full" aria-hidden="true">
        <Glass light={light} />
        {light === "vacant" ? null : <Mullions panes={panes} />}
        <rect width="100%" height="100%" className={`fill-none ${FRAMES[light]}`} strokeWidth="2" />
      </svg>
      {needsYou ? (
        <svg viewBox="0 0 18 18" className="absolute top-0 right-0 size-5" aria-hidden="true">
          <path d="M0 0h18v18Z" className="fill-corner stroke-wall" strokeWidth="2" />
        </svg>
      ) : null}
    </span>
  );
}

/** The edge that a dark window needs on a dark wall, and a lit one on a light wall. */
const FRAMES: Record<Light, string> = {
  bright: "stroke-glow-deep",
  dim: "stroke-glow-deep",
  dark: "stroke-edge",
  vacant: "stroke-edge",
  unknown: "stroke-edge",
};

/** A window that is looked at while its token is accepted is seen to light up. */
const LIGHTS_UP = "transition-[fill] duration-150 motion-reduce:transition-none";

function Glass({ light }: { readonly light: Light }) {
  const whole = { width: "100%", height: "100%" };
  switch (light) {
    case "bright":
      return <rect {...whole} className={`fill-glow ${LIGHTS_UP}`} />;
    case "dim":
      return (
        <>
          <rect {...whole} className="fill-glow-soft" />
          <rect y="70%" width="100%" height="30%" className="fill-glow" />
        </>
      );
    case "dark":
      return <rect {...whole} className={`fill-pane-dark ${LIGHTS_UP}`} />;
    case "vacant":
      return <rect {...whole} fill="url(#shutter)" />;
    case "unknown":
      return (
        <>
          <rect {...whole} className="fill-raised" />
          <path
            d="M0 0 60 60M0 30 30 60M30 0 60 30"
            className="stroke-edge"
            strokeDasharray="2 5"
          />
        </>
      );
  }
}

function Mullions({ panes }: { readonly panes: number }) {
  return Array.from({ length: panes - 1 }, (_, index) => {
    const x = `${((index + 1) * 100) / panes}%`;
    return <line key={x} x1={x} x2={x} y2="100%" className="stroke-wall" strokeWidth="2.5" />;
  });
}

/** The slats of a shutter, defined once for all windows of a page. */
export function ShutterPattern() {
  return (
    <svg className="absolute size-0" aria-hidden="true">
      <defs>
        <pattern id="shutter" width="8" height="6" patternUnits="userSpaceOnUse">
          <rect width="8" height="6" className="fill-wall" />
          <rect width="8" height="3" className="fill-pane-shut" />
        </pattern>
      </defs>
    </svg>
  );
}
