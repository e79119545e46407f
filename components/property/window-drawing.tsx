import type { Light } from "./light";

/**
 * One window, stretched to its place (window.css): what a unit's light looks like, and the corner
 * that marks what needs a person. `panes-2` or `panes-3` on what holds it divides the glass.
 */
export function WindowDrawing(props: { readonly light: Light; readonly needsYou: boolean }) {
  return (
    <span
      className="window"
      data-light={props.light}
      data-needs={props.needsYou ? "" : undefined}
      aria-hidden="true"
    />
  );
}
