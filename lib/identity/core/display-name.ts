export const LONGEST_NAME = 120;

/**
 * What to call a person on a page: the name, or where there is none (somebody who signed in by a
 * code has not been asked) the e-mail or phone that is theirs.
 */
export function displayName(person: {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}): string {
  return person.name || person.email || person.phone || "";
}

/** A name as it is kept: without control characters and space around it. */
export function cleanName(typed: string): string {
  return typed.replaceAll(/\p{Cc}+/gu, " ").trim();
}
