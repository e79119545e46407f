import { err, ok, type Result } from "@/lib/kernel";

/** More beds than any room has: a slip of the hand, not a wish. */
export const MOST_BEDS = 12;
const LONGEST = 20;

export type BedLabelsFault = "no-label" | "label-too-long" | "label-twice" | "too-many";

/** Reads the beds of a room as somebody types them: "A, B, C", or one a line. */
export function parseBedLabels(typed: string): Result<readonly string[], BedLabelsFault> {
  const labels = typed
    .split(/[,;\n]/)
    .map((label) => label.trim().replace(/\s+/g, " "))
    .filter((label) => label !== "");
  if (labels.length === 0) return err("no-label");
  if (labels.some((label) => label.length > LONGEST)) return err("label-too-long");
  if (new Set(labels).size < labels.length) return err("label-twice");
  return labels.length > MOST_BEDS ? err("too-many") : ok(labels);
}
