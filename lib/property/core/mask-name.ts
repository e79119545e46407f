const MASK = "•••";
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const HAS_LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
// Marks that turn the direction of a line: a name must not turn the sentence it stands in.
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * What a guest may learn of a resident's name: the initials of its first and last word, each
 * followed by three bullets however long the word is. "Jane Wambui" gives "J••• W•••". Initials are
 * whole written characters, so an accent or a vowel sign stays with its letter. A page wraps the
 * answer in `<bdi>`, for it may run from right to left.
 */
export function maskName(name: string): string {
  const words = name.replace(DIRECTION_MARKS, "").split(/\s+/u).filter(hasInitial);
  const [first] = words;
  if (first === undefined) return MASK;
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .filter((word) => word !== undefined)
    .map((word) => `${initialOf(word)}${MASK}`)
    .join(" ");
}

function hasInitial(word: string): boolean {
  return HAS_LETTER_OR_DIGIT.test(word);
}

function initialOf(word: string): string {
  for (const { segment } of CHARACTERS.segment(word)) {
    if (HAS_LETTER_OR_DIGIT.test(segment)) return segment;
  }
  return "";
}
