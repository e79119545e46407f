const BULLET = "•";
const LETTER_OR_DIGIT = /[\p{L}\p{N}]\p{M}*/gu;
const DIGIT = /\p{N}/u;

/**
 * What a guest may learn of a unit's label: enough for who lives there to recognize it. Letters and
 * digits after the first digit become bullets ("B-204" gives "B-2••"); a lone last digit becomes
 * one too ("Shop 7" gives "Shop •"), and a label without digits keeps its first letter only.
 */
export function maskUnit(label: string): string {
  const firstDigit = label.match(DIGIT);
  if (firstDigit?.index === undefined) return maskWord(label);
  const head = label.slice(0, firstDigit.index);
  const digit = firstDigit[0];
  const tail = label.slice(firstDigit.index + digit.length);
  const maskedTail = tail.replace(LETTER_OR_DIGIT, BULLET);
  return head + (maskedTail.includes(BULLET) ? digit : BULLET) + maskedTail;
}

function maskWord(label: string): string {
  const letters = label.match(LETTER_OR_DIGIT) ?? [];
  return `${letters[0] ?? ""}${BULLET.repeat(3)}`;
}
