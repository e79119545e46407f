import type { Translate } from "@/components/ui/translate";
import { type FacadeDensity, panesOf } from "./facade-density";
import { type Light, lightWord } from "./light";
import { WindowDrawing } from "./window-drawing";

export type WindowView = {
  readonly label: string;
  readonly href: string;
  readonly light: Light;
  /** Why a person is needed, in words; null where nobody is. */
  readonly needsYou: string | null;
  /** Such as "31.2 kWh left, estimated". */
  readonly creditText: string;
  /** Such as "6 days"; empty where it cannot be said. */
  readonly daysText: string;
  /** Such as "KSh 500 on 3 Nov". */
  readonly lastPurchaseText: string;
};

/** What a window's name says after its label: all that its light does. */
export function toldOfWindow(view: WindowView, t: Translate): string {
  const { creditText, daysText, lastPurchaseText, needsYou } = view;
  const told = [t(lightWord(view.light)), daysText, creditText, lastPurchaseText, needsYou];
  return told.filter(Boolean).join(" · ");
}

/** One window of the façade: a link whose name says all that its light does. */
export function WindowLink(props: {
  readonly href: string;
  readonly label: string;
  readonly light: Light;
  readonly told: string;
  readonly needsYou: boolean;
  readonly row: number;
  readonly column: number;
  readonly density: FacadeDensity;
}) {
  const { href, label, light, told, needsYou, row, column, density } = props;
  return (
    <a
      href={href}
      title={`${label}: ${told}`}
      aria-label={`${label}: ${told}`}
      data-row={row}
      data-column={column}
      data-unit={label}
      className="group block rounded-pane text-center text-small text-quiet hover:text-ink
        focus-visible:text-ink"
    >
      <span
        className={`block rounded-pane group-hover:ring-2 group-hover:ring-ink
          ${density.windowClass}`}
      >
        <WindowDrawing light={light} needsYou={needsYou} panes={panesOf(density)} />
      </span>
      {/* A long label is cut at its window: it never makes the wall wider. */}
      <span aria-hidden="true" className={`block w-0 min-w-full truncate ${density.labelClass}`}>
        <bdi>{label}</bdi>
      </span>
    </a>
  );
}
