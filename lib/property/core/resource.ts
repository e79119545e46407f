/** What a meter counts: watt-hours of electricity; litres of water or gas. */
export const RESOURCES = ["electricity", "water", "gas"] as const;
export type Resource = (typeof RESOURCES)[number];

const READ_NUMBER = /^[0-9A-Z][0-9A-Z /.-]{0,39}$/;

/**
 * The number of a meter that is only read, as it is printed on it, small letters made capital; null
 * for what none of ours looks like (the rule `meter_number_form` of the database).
 */
export function parseReadNumber(text: string): string | null {
  const number = text.trim().toUpperCase();
  return READ_NUMBER.test(number) ? number : null;
}

/** Null for a word that no meter counts. */
export function parseResource(text: string): Resource | null {
  return RESOURCES.find((resource) => resource === text) ?? null;
}
