import { buildingsOf, inScope, type ScopedTx } from "@/lib/access";
import type { OrgScope, ResidentScope, SystemScope } from "@/lib/access/shared";
import { isId } from "@/lib/platform";
import type { Resource } from "@/lib/property/shared";
import {
  type CivilSpan,
  periodBefore,
  sinceKnown,
  type UsagePeriod,
  type UsageScale,
  usagePeriods,
} from "../core/usage-periods";
import { readBuildings } from "./usage-of-buildings";
import { readUnit } from "./usage-of-unit";
import type { UsageMark, UsageRows } from "./usage-rows";

/** Whose: a unit, alone or on the days of one lease; or what is let in buildings. */
export type UsageSubject =
  | { readonly kind: "unit"; readonly unitId: string; readonly leaseId: string | null }
  | { readonly kind: "buildings"; readonly buildingIds: readonly string[] };

export type Usage = {
  /** What its meters count, in the order of RESOURCES. */
  readonly resources: readonly Resource[];
  readonly resource: Resource;
  readonly periods: readonly UsagePeriod[];
  /** The same stretch before; of years there is none. */
  readonly before: readonly UsagePeriod[];
  readonly marks: readonly UsageMark[];
};

export type UsageWanted = {
  readonly subject: UsageSubject;
  readonly by: UsageScale;
  /** The days, months or years that are shown, and the civil day it is there. */
  readonly span: CivilSpan;
  readonly today: string;
  readonly resource: Resource;
};

/**
 * What was bought and used in a span of civil days and in the same before. Staff see it within
 * their buildings, a resident on the days of the leases held. Null for what the scope does not see.
 */
export function usageOf(
  scope: OrgScope | ResidentScope | SystemScope,
  wanted: UsageWanted,
): Promise<Usage | null> {
  const { by, span, today } = wanted;
  return inScope(scope, async (tx) => {
    const before = periodBefore(by, span);
    const rows = await readRows(tx, { ...wanted, before });
    if (!rows) return null;
    const seesMoney = scope.kind !== "organization" || scope.permissions.includes("sale:read");
    const last = rows.until !== null && rows.until < today ? rows.until : today;
    const draw = (which: CivilSpan) =>
      usagePeriods({ ...rows, span: which, by, today: last, seesMoney });
    const periods = draw(span);
    return {
      resources: rows.resources,
      resource: rows.resource,
      periods: by === "year" ? sinceKnown(periods) : periods,
      before: draw(before),
      marks: rows.marks,
    };
  });
}

async function readRows(
  tx: ScopedTx<OrgScope | ResidentScope | SystemScope>,
  wanted: UsageWanted & { readonly before: CivilSpan },
): Promise<UsageRows | null> {
  const { subject } = wanted;
  const { scope } = tx;
  if (subject.kind === "unit") {
    const { unitId, leaseId } = subject;
    if (!isId(unitId) || (leaseId !== null && !isId(leaseId))) return null;
    const held = scope.kind === "resident" ? [...scope.leaseIds] : null;
    if (leaseId !== null && held && !held.includes(leaseId)) return null;
    return readUnit(tx, { ...wanted, unitId, leaseIds: leaseId === null ? held : [leaseId] });
  }
  if (scope.kind === "resident") return null;
  const within = buildingsOf(scope);
  const buildingIds = subject.buildingIds.filter(
    (id) => isId(id) && (within === null || within.includes(id)),
  );
  return buildingIds.length === 0 ? null : readBuildings(tx, { ...wanted, buildingIds });
}
