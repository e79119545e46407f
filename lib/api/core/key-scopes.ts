/** What a key may be made for; the table of operations says which needs which. */
export const KEY_SCOPES = [
  "meter:read",
  "quote:create",
  "purchase:create",
  "purchase:read",
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Null for a word that is none of them. */
export function parseKeyScope(text: string): KeyScope | null {
  return KEY_SCOPES.find((scope) => scope === text) ?? null;
}

/** How many requests a minute a key may be made for. */
export const PER_MINUTE = [60, 600, 6_000, 60_000] as const;
