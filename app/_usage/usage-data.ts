import type { Translate } from "@/components/ui/translate";
import type { OrgScope, ResidentScope } from "@/lib/access/shared";
import {
  type CivilSpan,
  lastPeriods,
  type Usage,
  type UsageSubject,
  usageOf,
} from "@/lib/metering";
import { USAGE_SCALES, type UsageScale } from "@/lib/metering/shared";
import type { CurrencyCode } from "@/lib/money";
import { type BuildingFacts, civilDayAt, type UnitWithBuilding } from "@/lib/property";
import { parseResource } from "@/lib/property/shared";

const COUNT = { day: 30, month: 12, year: 5 } as const satisfies Record<UsageScale, number>;

/** Whose bought and used a page shows. */
export type Subject =
  | { readonly kind: "unit"; readonly unit: UnitWithBuilding }
  | { readonly kind: "lease"; readonly leaseId: string; readonly unit: UnitWithBuilding }
  | { readonly kind: "building"; readonly building: BuildingFacts }
  | { readonly kind: "portfolio"; readonly buildings: readonly BuildingFacts[] };

export type Asked = Readonly<Record<string, string | string[] | undefined>>;

export type UsageContext = {
  readonly scope: OrgScope | ResidentScope;
  /** The page it stands on, without a query: its own choices are links to it. */
  readonly path: string;
  readonly asked: Asked;
  readonly now: Date;
  readonly t: Translate;
};

/** What a page of bought and used shows: by day, month or year, and the same period before. */
export type UsageData = Usage & {
  readonly by: UsageScale;
  readonly span: CivilSpan;
  readonly today: string;
  readonly place: { readonly locale: string; readonly timeZone: string };
  /** Null where money is of several currencies, or is not for whoever looks. */
  readonly currency: CurrencyCode | null;
};

/** By day, unless the address bar asks for another scale that there is. */
function scaleOf(asked: string | string[] | undefined): UsageScale {
  return USAGE_SCALES.find((scale) => scale === asked) ?? "day";
}

/** Null for what the scope does not see, and for a portfolio without a building. */
export async function findUsage(
  scope: OrgScope | ResidentScope,
  subject: Subject,
  { asked, now }: { readonly asked: Asked; readonly now: Date },
): Promise<UsageData | null> {
  const buildings = buildingsOf(subject);
  const [first] = buildings;
  if (!first) return null;
  const by = scaleOf(asked.by);
  const today = civilDayAt(now, first.timeZone);
  const span = lastPeriods(by, today, COUNT[by]);
  const resource = parseResource(String(asked.resource)) ?? "electricity";
  const wanted = { subject: idsOf(subject), by, span, today, resource };
  const usage = await usageOf(scope, wanted);
  if (!usage) return null;
  const isOneCurrency = buildings.every(({ currency }) => currency === first.currency);
  const seesMoney = scope.kind === "resident" || scope.permissions.includes("sale:read");
  const isSold = usage.resource === "electricity";
  const currency = isOneCurrency && seesMoney && isSold ? first.currency : null;
  const { locale, timeZone } = first;
  return { ...usage, by, span, today, place: { locale, timeZone }, currency };
}

function buildingsOf(subject: Subject): readonly BuildingFacts[] {
  switch (subject.kind) {
    case "portfolio":
      return subject.buildings;
    case "building":
      return [subject.building];
    default:
      return [subject.unit.building];
  }
}

function idsOf(subject: Subject): UsageSubject {
  switch (subject.kind) {
    case "portfolio":
      return { kind: "buildings", buildingIds: subject.buildings.map(({ id }) => id) };
    case "building":
      return { kind: "buildings", buildingIds: [subject.building.id] };
    case "lease":
      return { kind: "unit", unitId: subject.unit.id, leaseId: subject.leaseId };
    case "unit":
      return { kind: "unit", unitId: subject.unit.id, leaseId: null };
  }
}
