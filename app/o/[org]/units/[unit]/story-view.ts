import { formatDay, formatInstant } from "@/app/_view/instants";
import { meterNumberText } from "@/app/_view/purchase-texts";
import type { StoryRowView, StoryView } from "@/components/property/unit-story";
import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { formatEnergy, formatMoney } from "@/lib/money";
import { listUnitStory, type StoryEntry } from "@/lib/overview";
import type { BuildingFacts, UnitWithBuilding } from "@/lib/property";

type Context = {
  readonly scope: OrgScope;
  readonly unit: UnitWithBuilding;
  readonly path: string;
  readonly asked: Readonly<Record<string, string | string[] | undefined>>;
  readonly now: Date;
  readonly t: Translate;
};

const A_PAGE = 40;

/** What happened in a unit, newest first; the address bar says from before when. */
export async function storyView(context: Context): Promise<StoryView> {
  const { scope, unit, path, asked, now, t } = context;
  const before = beforeOf(asked.before);
  const from = before ?? new Date(now.getTime() + 1);
  const list = { unitId: unit.id, before: from, now, take: A_PAGE + 1 };
  const entries = await listUnitStory(scope, list);
  const shown = entries.slice(0, A_PAGE);
  const last = entries.length > A_PAGE ? shown.at(-1) : undefined;
  return {
    title: t("story.title"),
    rows: shown.map((entry) => rowOf(entry, { ...context, place: unit.building })),
    earlierHref: last ? `${path}?before=${last.at.getTime()}#story` : null,
    newestHref: before ? `${path}#story` : null,
  };
}

function beforeOf(given: string | string[] | undefined): Date | null {
  return typeof given === "string" && /^\d{1,14}$/.test(given) ? new Date(Number(given)) : null;
}

type RowContext = Context & { readonly place: BuildingFacts };

/** Leases are of days; everything else has its minute. */
const OF_DAYS: readonly StoryEntry["kind"][] = ["lease-began", "lease-ended"];

function rowOf(entry: StoryEntry, context: RowContext): StoryRowView {
  const { kind, at, id } = entry;
  const { place, now } = context;
  return {
    key: `${kind} ${id} ${at.getTime()}`,
    kind,
    atText: OF_DAYS.includes(kind) ? formatDay(at, place, now) : formatInstant(at, place),
    text: textOf(entry, context),
    figureText: figureOf(entry, context),
    href: hrefOf(entry, context),
  };
}

function textOf({ kind, name, detail }: StoryEntry, { t }: RowContext): string {
  if (kind === "reading") return t(detail === "remaining" ? "story.remaining" : "story.register");
  const isMeter = kind === "meter-in" || kind === "meter-out";
  const who = isMeter ? meterNumberText(name) : name || t("story.somebody");
  return t(`story.${kind}`, { name: who });
}

function figureOf(
  { kind, amountMinor, value, detail }: StoryEntry,
  { place, t }: RowContext,
): string {
  const { currency, locale } = place;
  const money =
    amountMinor === null ? [] : [formatMoney({ amountMinor, currency }, locale, { isShort: true })];
  const isOfMeter = kind === "reading" || kind === "quarantined" || kind === "decided";
  const energy =
    value === null || (kind !== "bought" && !isOfMeter)
      ? []
      : [t("energy.kwh", { energy: formatEnergy(value, locale) })];
  // A cubic metre has as many litres as a kilowatt-hour has watt-hours.
  if (value !== null && (detail === "water" || detail === "gas")) {
    return t("story.cubicMetres", { volume: formatEnergy(value, locale) });
  }
  return [...money, ...energy].join(" · ");
}

function hrefOf({ kind, id }: StoryEntry, { scope }: RowContext): string | null {
  const home = `/o/${scope.slug}`;
  if (kind === "bought" || kind === "refunded") return `${home}/purchases/${id}`;
  const isMeter = kind === "meter-in" || kind === "meter-out";
  if (isMeter && scope.permissions.includes("meter:manage")) return `${home}/meters/${id}`;
  if (kind === "free" && scope.permissions.includes("approval:read")) return `${home}/approvals`;
  return null;
}
