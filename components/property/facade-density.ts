/** The classes that size a façade. Written whole, because Tailwind reads them as text. */
export type FacadeDensity = {
  readonly name: "roomy" | "close" | "dense";
  readonly floorClass: string;
  readonly floorNameClass: string;
  readonly windowClass: string;
  readonly labelClass: string;
};

const ROOMY: FacadeDensity = {
  name: "roomy",
  floorClass: "gap-x-3 px-3 pt-3 pb-1.5 tablet:gap-x-7 tablet:px-7",
  floorNameClass: "hidden",
  windowClass: "h-11 min-w-12 tablet:h-15",
  labelClass: "mt-1",
};

const CLOSE: FacadeDensity = {
  name: "close",
  floorClass: "gap-x-2 px-2 pt-2 pb-0.5 tablet:gap-x-4 tablet:px-5",
  floorNameClass: "hidden",
  windowClass: "h-9 min-w-11",
  labelClass: "",
};

/** Labels give way: the floor, the title and the line below the façade still name each window. */
const DENSE: FacadeDensity = {
  name: "dense",
  floorClass: "gap-x-1.5 pe-3 py-1.5",
  floorNameClass: "",
  windowClass: "h-7 min-w-7",
  labelClass: "sr-only",
};

/** Chooses how closely to draw, so that 24 units look built and 400 stay readable. */
export function densityOf(columns: number, floors: number): FacadeDensity {
  if (columns <= 6 && floors <= 8) return ROOMY;
  if (columns <= 12 && floors <= 20) return CLOSE;
  return DENSE;
}

/** Wide windows have three panes, narrow ones two. */
export function panesOf(density: FacadeDensity): number {
  return density.name === "roomy" ? 3 : 2;
}
