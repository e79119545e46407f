import type { Translate } from "@/components/ui/translate";
import { LIGHTS, lightWord } from "./light";
import { WindowDrawing } from "./window-drawing";

/** What each window's look means, drawn with the same windows. */
export function FacadeLegend({ t }: { readonly t: Translate }) {
  return (
    <ul
      aria-label={t("building.legend")}
      className="mt-3 flex flex-wrap gap-x-5 gap-y-2 text-small text-quiet"
    >
      {LIGHTS.map((light) => (
        <li key={light} className="flex items-center gap-2">
          <span className="h-4 w-5">
            <WindowDrawing light={light} needsYou={false} />
          </span>
          {t(lightWord(light))}
        </li>
      ))}
      <li className="flex items-center gap-2">
        <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true">
          <path d="M0 0h16v16Z" className="fill-corner" />
        </svg>
        {t("light.needsYou")}
      </li>
    </ul>
  );
}
