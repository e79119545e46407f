import { err, ok, type Result } from "@/lib/kernel";

/** One place of a façade, as it stands on the door. */
export type DrawnUnit = {
  readonly label: string;
  readonly floor: number;
  readonly position: number;
};

/** Which of the three fields is wrong, or that together they draw no building. */
export type DrawUnitsFault = "floors" | "per-floor" | "pattern" | "too-many" | "label-too-long";

export const MOST_DRAWN_UNITS = 1_000;
const MOST_FLOORS = 80;
const MOST_A_FLOOR = 60;
const LONGEST_LABEL = 80;

/**
 * Draws floors of units from what somebody types: how many floors, from which one on, how many
 * units on each, and how a door is called: `{floor}` stands for the floor, `{unit}` for the place
 * on it in two digits, so that "A-{floor}{unit}" begins with A-101. Every label is another one.
 */
export function drawUnits(typed: {
  readonly floors: string;
  readonly firstFloor: string;
  readonly perFloor: string;
  readonly pattern: string;
}): Result<readonly DrawnUnit[], DrawUnitsFault> {
  const floors = countIn(typed.floors, MOST_FLOORS);
  const first = /^\d{1,2}$/.test(typed.firstFloor.trim()) ? Number(typed.firstFloor) : null;
  if (floors === null || first === null) return err("floors");
  const perFloor = countIn(typed.perFloor, MOST_A_FLOOR);
  if (perFloor === null) return err("per-floor");
  const pattern = typed.pattern.trim().replace(/\s+/g, " ");
  const isEnough = (word: string, count: number) => count === 1 || pattern.includes(word);
  if (pattern === "" || !isEnough("{floor}", floors) || !isEnough("{unit}", perFloor)) {
    return err("pattern");
  }
  if (floors * perFloor > MOST_DRAWN_UNITS) return err("too-many");
  const units = Array.from({ length: floors * perFloor }, (_, index): DrawnUnit => {
    const floor = first + Math.floor(index / perFloor);
    const position = (index % perFloor) + 1;
    const label = pattern
      .replaceAll("{floor}", String(floor))
      .replaceAll("{unit}", String(position).padStart(2, "0"));
    return { label, floor, position };
  });
  if (units.some(({ label }) => label.length > LONGEST_LABEL)) return err("label-too-long");
  // "{floor}{unit}" without anything between is unique, for a place has always two digits.
  return new Set(units.map(({ label }) => label)).size < units.length ? err("pattern") : ok(units);
}

/** A count from one to the most; null for anything else. */
function countIn(typed: string, most: number): number | null {
  const text = typed.trim();
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= most ? count : null;
}
