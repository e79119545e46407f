import type { EditorTexts } from "@/components/tariffs/editor-texts";
import { EDITOR_TEXTS } from "@/components/tariffs/editor-texts";
import type { Translate } from "@/components/ui/translate";

/** The editor's words: it runs in the browser, where no messages are. */
export function editorTexts(
  t: Translate,
  values: { readonly currency: string; readonly timeZone: string },
): EditorTexts {
  const pairs = EDITOR_TEXTS.map((name) => [name, t(`tariffEditor.${name}`, values)]);
  return Object.fromEntries(pairs) as EditorTexts;
}
