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

/** One window of the façade: a link whose name says all that its light does. */
export function WindowLink(props: {
  readonly view: WindowView;
  readonly row: number;
  readonly column: number;
  readonly density: FacadeDensity;
  readonly t: Translate;
}) {
  const { view, row, column, density, t } = props;
  const { creditText, daysText, lastPurchaseText, needsYou } = view;
  const told = [t(lightWord(view.light)), daysText, creditText, lastPurchaseText, needsYou];
  const detail = told.filter(Boolean).join(" · ");
  return (
    <a
      href={view.href}
      title={`${view.label}: ${detail}`}
      aria-label={`${view.label}: ${detail}`}
      data-row={row}
      data-column={column}
      data-unit={view.label}
      data-detail={detail}
      className="group block rounded-pane text-center text-small text-quiet hover:text-ink
        focus-visible:text-ink"
    >
      <span
        className={`block rounded-pane group-hover:ring-2 group-hover:ring-ink
          ${density.windowClass}`}
      >
        <WindowDrawing
          light={view.light}
          needsYou={view.needsYou !== null}
          panes={panesOf(density)}
        />
      </span>
      {/* A long label is cut at its window: it never makes the wall wider. */}
      <span aria-hidden="true" className={`block w-0 min-w-full truncate ${density.labelClass}`}>
        <bdi>{view.label}</bdi>
      </span>
    </a>
  );
}
