import type { Translate } from "@/components/ui/translate";
import { type Light, lightWord } from "./light";

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
}) {
  const { href, label, light, told, needsYou } = props;
  return (
    <a
      href={href}
      aria-label={`${label}: ${told}`}
      data-light={light}
      data-needs={needsYou ? "" : undefined}
    >
      <bdi>{label}</bdi>
    </a>
  );
}
