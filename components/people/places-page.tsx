import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";

/** Where somebody works or lives who has several such places: one to choose. */
export function PlacesPage(props: {
  readonly frame: PhoneFrame;
  readonly places: readonly {
    readonly href: string;
    readonly name: string;
    readonly text: string;
  }[];
}) {
  const { t } = props.frame;
  return (
    <PhoneShell frame={props.frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("places.title")}</h1>
        <p className="mt-1 text-quiet">{t("places.lead")}</p>
      </div>
      <ul className="border-t border-line">
        {props.places.map((place) => (
          <li key={place.href} className="border-b border-line">
            <a href={place.href} className="block px-1 py-3 hover:bg-stone">
              <span className="block text-lead font-medium">
                <bdi>{place.name}</bdi>
              </span>
              <span className="text-small text-quiet">{place.text}</span>
            </a>
          </li>
        ))}
      </ul>
    </PhoneShell>
  );
}
