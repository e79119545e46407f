/** Let to somebody; or common to the building; or where its supply comes in. */
export const UNIT_KINDS = ["flat", "room", "shop", "common", "intake"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** What can be let, and so is drawn as a window. */
export const LET_KINDS = ["flat", "room", "shop"] as const satisfies readonly UnitKind[];

/** A flat or a shop is let whole: only a dormitory's room has beds. */
export const hasBeds = (kind: UnitKind): boolean => kind === "room";

/** Null for a word that is no kind of unit. */
export function parseUnitKind(text: string): UnitKind | null {
  return UNIT_KINDS.find((kind) => kind === text) ?? null;
}
