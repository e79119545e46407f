// Where to go on to after sign-in stands in the address bar, where anybody may have written it.

const LONGEST_PATH = 1_000;
const ORIGIN = "https://this.site.invalid";

/**
 * A path of this very site, as it was asked for; null for everything else. It begins with one slash
 * and holds no backslash, space or control character, which browsers read in ways of their own.
 */
export function parseNextPath(text: string): string | null {
  if (text.length > LONGEST_PATH || !/^\/(?!\/)[!-[\]-~]*$/.test(text)) return null;
  return URL.parse(text, ORIGIN)?.origin === ORIGIN ? text : null;
}

/** The address of sign-in that goes on to a path afterwards; to sign-in alone for none. */
export function signInAddress(path: string | null): string {
  return path === null ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}
