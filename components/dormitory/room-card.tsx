import type { Translate } from "@/components/ui/translate";

export type PlaceView = {
  readonly key: string;
  readonly label: string;
  readonly isBed: boolean;
  /** Null for a place that is free. */
  readonly residentName: string | null;
  readonly untilText: string | null;
  readonly nextText: string | null;
};

export type RoomView = {
  readonly roomId: string;
  readonly label: string;
  readonly href: string;
  readonly light: "bright" | "dim" | "dark" | "vacant" | "unknown";
  readonly creditText: string;
  readonly places: readonly PlaceView[];
};

const LIGHTS = {
  bright: "bg-glow border-glow-deep",
  dim: "bg-glow-soft border-glow-deep",
  dark: "bg-pane-dark border-pane-dark",
  vacant: "bg-pane-shut border-edge",
  unknown: "bg-paper border-edge border-dashed",
} as const;

/** A room: its light and credit, then each place with who holds it. */
export function RoomCard({ room, t }: { readonly room: RoomView; readonly t: Translate }) {
  return (
    <li className="min-w-0 break-inside-avoid">
      <div className="flex items-baseline gap-2.5 border-b border-line pb-1">
        <span
          aria-hidden="true"
          className={`size-3 shrink-0 self-center rounded-pane border print:hidden
            ${LIGHTS[room.light]}`}
        />
        <h3 className="min-w-0 font-strong">
          <a href={room.href} className="hover:underline">
            <bdi>{room.label}</bdi>
          </a>
        </h3>
        <span className="ms-auto min-w-0 text-end text-small text-quiet">{room.creditText}</span>
      </div>
      <ul>
        {room.places.map((place) => (
          <PlaceLine key={place.key} place={place} t={t} />
        ))}
      </ul>
    </li>
  );
}

function PlaceLine({ place, t }: { readonly place: PlaceView; readonly t: Translate }) {
  const { residentName, untilText, nextText } = place;
  const notes = [untilText, nextText].filter((note) => note !== null).join(" · ");
  return (
    <li className="flex gap-3 py-1">
      <span className={`w-14 shrink-0 truncate ${place.isBed ? "font-medium" : "text-quiet"}`}>
        <bdi>{place.label}</bdi>
      </span>
      <span className="min-w-0">
        {residentName === null ? (
          <span className="text-leaf print:text-ink">{t("rooms.isFree")}</span>
        ) : (
          <bdi>{residentName}</bdi>
        )}
        {notes ? <span className="ms-2 text-small text-quiet">{notes}</span> : null}
      </span>
    </li>
  );
}
