import { createTranslator } from "use-intl/core";
import type { Translate } from "@/components/ui/translate";
import messages from "@/messages/en.json";

/**
 * The reader's words. English is the only language so far; a locale without messages of its own
 * reads English, while its money and dates are formatted by the caller in the locale's own way.
 */
export function translatorFor(locale: string): Translate {
  const standing = translators.get(locale);
  if (standing) return standing;
  const made = newTranslator(locale);
  if (translators.size < MOST_TRANSLATORS) translators.set(locale, made);
  return made;
}

/** A translator keeps what it has read of its messages: one made anew reads them again. */
const translators = new Map<string, Translate>();
const MOST_TRANSLATORS = 50;

function newTranslator(locale: string): Translate {
  const translator = createTranslator({ locale, messages });
  // use-intl demands exact arguments for each literal key; components pass keys they computed.
  const translate = translator as unknown as Translate;
  return (key, values) => translate(key, values && isolated(values));
}

type Values = NonNullable<Parameters<Translate>[1]>;

// Hebrew, Arabic and their kin, and the marks that turn a line.
const TURNS_THE_LINE = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const ISOLATES = /[\u2066-\u2069]/gu;

/**
 * A name written from right to left does not turn the sentence it stands in: what `<bdi>` is for a
 * value alone, an isolate is inside a sentence. Names that run as the sentence does stay as typed.
 */
function isolated(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" && TURNS_THE_LINE.test(value) ? isolatedText(value) : value,
    ]),
  );
}

function isolatedText(text: string): string {
  const inside = isBalanced(text) ? text : text.replace(ISOLATES, "");
  return `${FIRST_STRONG_ISOLATE}${inside}${POP_ISOLATE}`;
}

/** False for a text whose own marks would close the isolate around it, or keep it open. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const mark of text.match(ISOLATES) ?? []) {
    depth += mark === POP_ISOLATE ? -1 : 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
