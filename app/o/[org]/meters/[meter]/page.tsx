import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { meterNumberText } from "@/app/_view/purchase-texts";
import { MeterPage } from "@/components/property/meter-page";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { listReadingsOfMeter, listStaysOfMeter } from "@/lib/metering";
import { systemClock } from "@/lib/platform";
import { findMeter, listBuildings } from "@/lib/property";
import { listIssues } from "@/lib/vending";
import {
  answerTestAction,
  installMeterAction,
  makeTokenAction,
  requestFreeIssueAction,
  setSalesAction,
  startTestAction,
} from "./actions";
import { lifeView } from "./life/life-view";
import { salesView } from "./life/sales-view";
import { factsOf, freeIssueRows, installView, proofView, testView } from "./meter-texts";
import { monthOf } from "./readings/month-of";
import { readingsView } from "./readings/readings-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly meter: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("meters.number") };

const MOST_ISSUES = 30;
const MOST_BUILDINGS = 500;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** One meter: whose it is and why, the test that proves it step by step, and what was asked for. */
export default async function MeterRoute({ params, searchParams }: Props) {
  const { org, meter: meterId } = await params;
  const visit = await requireOrgScope(org, "meter:manage");
  const { scope } = visit;
  const now = systemClock.now();
  const meter = await findMeter(scope, meterId, now);
  if (!meter) notFound();
  const [organization, issues, buildings, stays] = await Promise.all([
    findOrganization(scope),
    listIssues(scope, { meterId, take: MOST_ISSUES }),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    listStaysOfMeter(scope, meterId),
  ]);
  const place = buildings.find(({ id }) => id === meter.buildingId) ?? buildings[0] ?? NO_BUILDING;
  const frame = await consoleFrame(visit, organization.name, "meters");
  const { t, isPractice } = frame;
  const context = { t, place, now, org };
  const seesDigits = scope.permissions.includes("token:read");
  const month = monthOf((await searchParams).month, stays[0]?.timeZone ?? place.timeZone, now);
  const readings = await listReadingsOfMeter(scope, { meterId, ...month });
  const people = await findPersons(readings.flatMap(({ enteredBy }) => enteredBy ?? []));
  const mayRead = scope.permissions.includes("reading:write");
  const seesMoney = scope.permissions.includes("sale:read");
  const path = `/o/${org}/meters/${meterId}`;
  const isArchived = meter.status === "archived";
  const mayTest =
    !isArchived &&
    scope.permissions.includes("token:free-issue") &&
    meter.key &&
    meter.proof !== "verified";
  const practiceMeterHref =
    isPractice && meter.key?.isPractice ? `/practice-meter/${meter.meterNumber}` : null;
  const test = testView(issues, { ...context, seesDigits, practiceMeterHref });
  const mayGive =
    meter.key && meter.unitId && meter.proof !== "contested" && meter.status === "active";
  const view = {
    backHref: `/o/${org}/meters`,
    numberText: meterNumberText(meter.meterNumber),
    proof: proofView(meter, t),
    facts: factsOf(meter, context),
    practiceMeterHref,
    test: mayTest && !meter.isProvedElsewhere ? test : null,
    hasFreeIssue: Boolean(mayGive) && scope.permissions.includes("token:free-issue"),
    install:
      meter.unitId === null && !isArchived ? installView(buildings, meter.key !== null, t) : null,
    issues: freeIssueRows(issues, context),
    life: lifeView(stays, { org, meter, seesMoney, mayRead, now, t }),
    sales: salesView(meter, t),
    readings: readingsView(readings, month, {
      ...{ path, meter, people, t },
      place: stays[0] ?? place,
    }),
  };
  const target = { org, meterId };
  const actions = {
    start: startTestAction.bind(null, target),
    make: makeTokenAction.bind(null, target),
    answer: answerTestAction.bind(null, { ...target, testId: test.testId }),
    ask: requestFreeIssueAction.bind(null, target),
    install: installMeterAction.bind(null, target),
    setSales: setSalesAction.bind(null, target),
  };
  return <MeterPage frame={frame} view={view} actions={actions} />;
}
