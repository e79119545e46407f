// Wrong passwords are counted for each credential. They slow down who guesses at one person; a code
// still lets the person in meanwhile.

export const MOST_PASSWORD_TRIES = 10;
export const PASSWORD_TRIES_MS = 15 * 60 * 1_000;
export const PASSWORD_REFUSED_MS = 15 * 60 * 1_000;

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;
