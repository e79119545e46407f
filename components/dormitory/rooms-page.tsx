import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import type { Translate } from "@/components/ui/translate";
import { RoomCard, type RoomView } from "./room-card";

export type RoomsPageView = {
  readonly building: { readonly name: string; readonly href: string };
  readonly path: string;
  readonly query: { readonly text: string; readonly show: string | null };
  readonly filters: readonly { readonly value: string; readonly label: string }[];
  readonly countsText: string;
  readonly shownText: string;
  readonly isEmpty: boolean;
  readonly isFiltered: boolean;
  readonly hasBeds: boolean;
  readonly csvHref: string;
  /** Null for a role that never meets money. */
  readonly reconciliationHref: string | null;
  readonly printedText: string;
  readonly floors: readonly {
    readonly key: string;
    readonly label: string;
    readonly rooms: readonly RoomView[];
  }[];
};

/** A block by rooms and beds: on paper a list for the door. */
export function RoomsPage(props: { readonly frame: ConsoleFrame; readonly view: RoomsPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <Head view={view} t={t} />
      {view.isEmpty ? (
        <EmptyState title={t("rooms.empty")} text={t("rooms.emptyText")} />
      ) : (
        <Floors view={view} t={t} />
      )}
    </ConsoleShell>
  );
}

type Part = { readonly view: RoomsPageView; readonly t: Translate };

function Head({ view, t }: Part) {
  return (
    <header className="mb-6 grid gap-4">
      <div>
        <p className="text-quiet">
          <a href={view.building.href} className="hover:text-ink hover:underline">
            <bdi>{view.building.name}</bdi>
          </a>
        </p>
        <h1 className="text-title font-strong tracking-tight">{t("rooms.title")}</h1>
        <p>{view.countsText}</p>
        {view.hasBeds || view.isEmpty ? null : (
          <p className="text-quiet print:hidden">{t("rooms.noBeds")}</p>
        )}
        <p className="hidden text-small text-quiet print:block">{view.printedText}</p>
      </div>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 print:hidden">
        <Search view={view} t={t} />
        <span className="flex flex-wrap gap-x-5 gap-y-1 py-1.5 desk:ms-auto">
          {view.reconciliationHref ? (
            <TextLink href={view.reconciliationHref}>{t("rooms.reconciliation")}</TextLink>
          ) : null}
          <TextLink href={view.csvHref}>{t("rooms.csv")}</TextLink>
        </span>
      </div>
    </header>
  );
}

function Search({ view, t }: Part) {
  return (
    <search>
      <form action={view.path} method="get" className="flex flex-wrap items-end gap-3">
        <div>
          <label htmlFor="q" className="mb-1 block text-small text-quiet">
            {t("rooms.search")}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            maxLength={80}
            defaultValue={view.query.text}
            className="h-9 w-56 rounded-control border border-edge bg-raised px-2.5 text-body"
          />
        </div>
        <Select
          id="show"
          name="show"
          label={t("rooms.show")}
          value={view.query.show}
          none={t("rooms.all")}
          options={view.filters}
        />
        <Button size="console">{t("rooms.apply")}</Button>
        {view.isFiltered ? (
          <LinkButton href={view.path} size="console" kind="quiet">
            {t("rooms.clear")}
          </LinkButton>
        ) : null}
      </form>
    </search>
  );
}

function TextLink(props: { readonly href: string; readonly children: string }) {
  return (
    <a
      href={props.href}
      className="underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {props.children}
    </a>
  );
}

function Floors({ view, t }: Part) {
  if (view.floors.length === 0) {
    return (
      <EmptyState
        title={t("rooms.noMatch")}
        text={t("rooms.noMatchText")}
        action={{ href: view.path, label: t("rooms.clear") }}
      />
    );
  }
  return (
    <div className="print:[page:door-list]">
      {view.isFiltered ? <p className="mb-3 text-quiet">{view.shownText}</p> : null}
      {view.floors.map((floor) => (
        <section key={floor.key} className="mb-8 print:mb-4">
          <h2 className="mb-2 border-b-2 border-ink pb-1 text-lead font-strong">{floor.label}</h2>
          <ul
            className="grid gap-x-8 gap-y-5 tablet:grid-cols-2 desk:grid-cols-3 print:grid-cols-3
              print:gap-x-6 print:gap-y-3"
          >
            {floor.rooms.map((room) => (
              <RoomCard key={room.roomId} room={room} t={t} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
