/** Shorter than this a search would find half the organization. */
const SHORTEST = 2;
const LONGEST = 80;

/** From which key up to before which one a search looks, byte by byte. */
export type SearchRange = { readonly from: string; readonly to: string };

/** A text as the database keeps it to be found by: see the columns `search_key`. */
export function searchKeyOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s./-]/gu, "")
    .slice(0, LONGEST);
}

/** Null for what is too short to look for. */
export function searchRange(key: string): SearchRange | null {
  return [...key].length < SHORTEST ? null : { from: key, to: `${key}\u{10ffff}` };
}

/** "wa-000123" as series and number; null for what is no receipt's number. */
export function parseReceiptNumber(text: string) {
  const found = /^\s*([A-Za-z][0-9A-Za-z]{0,7})-?0*(\d{1,15})\s*$/.exec(text);
  const [, series, number] = found ?? [];
  if (!series || !number || !text.includes("-")) return null;
  return { series: series.toUpperCase(), number: BigInt(number) };
}
