import { createTranslator } from "use-intl/core";
import type { Translate } from "@/components/ui/translate";
import messages from "@/messages/en.json";

/**
 * The reader's words. English is the only language so far; a locale without messages of its own
 * reads English, while its money and dates are formatted by the caller in the locale's own way.
 */
export function translatorFor(locale: string): Translate {
  const translator = createTranslator({ locale, messages });
  // use-intl demands exact arguments for each literal key; components pass keys they computed.
  return translator as unknown as Translate;
}
