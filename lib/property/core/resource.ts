/** What a meter counts: watt-hours of electricity; litres of water or gas. */
export const RESOURCES = ["electricity", "water", "gas"] as const;
export type Resource = (typeof RESOURCES)[number];

/** Null for a word that no meter counts. */
export function parseResource(text: string): Resource | null {
  return RESOURCES.find((resource) => resource === text) ?? null;
}
