export type Step = "up" | "down" | "left" | "right" | "first" | "last" | "roof" | "ground";

type Place = { readonly row: number; readonly column: number };

/**
 * The window one step away on the façade, as an index into `places`, which are listed from the top
 * floor down and along each floor. Up and down keep the column as far as the floor has one; at an
 * edge the walk stays where it is. Rows count from the roof.
 */
export function stepTo(places: readonly Place[], from: number, step: Step): number {
  const here = places[from];
  if (!here) return from;
  const floor = floorOf(places, here.row);
  switch (step) {
    case "first":
      return floor[0] ?? from;
    case "last":
      return floor.at(-1) ?? from;
    case "left":
      return floor[floor.indexOf(from) - 1] ?? from;
    case "right":
      return floor[floor.indexOf(from) + 1] ?? from;
    case "roof":
      return nearestOn(floorOf(places, places[0]?.row ?? 0), here.column) ?? from;
    case "ground":
      return nearestOn(floorOf(places, places.at(-1)?.row ?? 0), here.column) ?? from;
    case "up":
      return nearestOn(floorOf(places, here.row - 1), here.column) ?? from;
    case "down":
      return nearestOn(floorOf(places, here.row + 1), here.column) ?? from;
  }
}

function nearestOn(floor: readonly number[], column: number): number | undefined {
  return floor[Math.min(column, floor.length - 1)];
}

function floorOf(places: readonly Place[], row: number): readonly number[] {
  return places.flatMap((place, index) => (place.row === row ? [index] : []));
}
