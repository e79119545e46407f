/** The classes that size a façade. Written whole, because Tailwind reads them as text. */
export type FacadeDensity = {
  readonly name: "roomy" | "close" | "dense";
  /** A floor, with the measures of its windows: window.css reads them. */
  readonly floorClass: string;
  readonly floorNameClass: string;
};

const ROOMY: FacadeDensity = {
  name: "roomy",
  floorClass: `panes-3 gap-x-3 px-3 pt-3 pb-1.5 tablet:gap-x-7 tablet:px-7 [--least:3rem]
    [--tall:2.75rem] tablet:[--tall:3.75rem] [&_bdi]:mt-1`,
  floorNameClass: "hidden",
};

const CLOSE: FacadeDensity = {
  name: "close",
  floorClass: `panes-2 gap-x-2 px-2 pt-2 pb-0.5 tablet:gap-x-4 tablet:px-5 [--least:2.75rem]
    [--tall:2.25rem]`,
  floorNameClass: "hidden",
};

/** Labels give way: the floor, the name and the line below the façade still name each window. */
const DENSE: FacadeDensity = {
  name: "dense",
  floorClass: "panes-2 gap-x-1.5 pe-3 py-1.5 [--label:none] [--least:1.75rem] [--tall:1.75rem]",
  floorNameClass: "",
};

/** Chooses how closely to draw, so that 24 units look built and 400 stay readable. */
export function densityOf(columns: number, floors: number): FacadeDensity {
  if (columns <= 6 && floors <= 8) return ROOMY;
  if (columns <= 12 && floors <= 20) return CLOSE;
  return DENSE;
}
