import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant, type Place } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { SheetPage, type SheetPageView } from "@/components/onboarding/sheet-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { findSheetPage, type ImportView } from "@/lib/onboarding";
import { sheetForms } from "./sheet-forms";
import { sheetView } from "./sheet-view";
import { unprovedView } from "./unproved-view";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly batch: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("import.title") };

const ROWS = 50;
const LAST_PAGE = 400;

/** A sheet in its own form, page by page, with what is wrong in its cells. */
export default async function SheetRoute({ params, searchParams }: Props) {
  const { org, batch: batchId } = await params;
  const visit = await requireOrgScope(org, "property:manage");
  const { scope } = visit;
  const query = queryOf(await searchParams);
  const { onlyFaulty, page: at, row } = query;
  const asked = { batchId, onlyFaulty, skip: at * ROWS, take: ROWS, row };
  const [organization, page, place] = await Promise.all([
    findOrganization(scope),
    findSheetPage(scope, asked),
    organizationPlace(scope),
  ]);
  if (!page) notFound();
  const frame = await consoleFrame(visit, organization.name, null);
  const { t } = frame;
  const { batch } = page;
  const path = `/o/${org}/import/${batch.id}`;
  const isOpen = batch.state === "uploaded" || batch.state === "checked";
  const hrefOf = (change: Partial<Query>) => hrefWith(path, { ...query, row: null, ...change });
  const shown = onlyFaulty ? batch.faultRows : batch.rowCount;
  const view: SheetPageView = {
    backHref: `/o/${org}/import`,
    fileName: batch.fileName,
    summaryText: summaryOf(batch, t),
    standing: standingOf(batch, { org, place, t }),
    unproved: unprovedView(page.unproved, { org, scope, t }),
    isUnderWay: batch.state === "applying",
    ...sheetForms(page, org, t),
    filters: [
      {
        href: hrefOf({ onlyFaulty: false, page: 0 }),
        label: t("import.all", { count: String(batch.rowCount) }),
        isCurrent: !onlyFaulty,
      },
      {
        href: hrefOf({ onlyFaulty: true, page: 0 }),
        label: t("import.faulty", { count: String(batch.faultRows) }),
        isCurrent: onlyFaulty,
      },
    ],
    sheet: sheetView(page, {
      hrefOf: isOpen ? (number) => `${hrefOf({ row: number })}#correct` : null,
      t,
    }),
    pages: {
      before: at > 0 ? hrefOf({ page: at - 1 }) : null,
      after: (at + 1) * ROWS < shown ? hrefOf({ page: at + 1 }) : null,
    },
  };
  return <SheetPage frame={frame} view={view} />;
}

type Query = { readonly onlyFaulty: boolean; readonly page: number; readonly row: number | null };

function queryOf(given: Readonly<Record<string, string | string[] | undefined>>): Query {
  const numberOf = (name: string) => {
    const text = given[name];
    return typeof text === "string" && /^\d{1,6}$/.test(text) ? Number(text) : null;
  };
  const page = Math.min(LAST_PAGE, Math.max(0, (numberOf("page") ?? 1) - 1));
  return { onlyFaulty: given.rows === "faulty", page, row: numberOf("row") };
}

function hrefWith(path: string, { onlyFaulty, page, row }: Query): string {
  const query = new URLSearchParams({
    ...(onlyFaulty ? { rows: "faulty" } : {}),
    ...(page > 0 ? { page: String(page + 1) } : {}),
    ...(row === null ? {} : { row: String(row) }),
  });
  return query.size > 0 ? `${path}?${query}` : path;
}

function summaryOf({ counts, state, faultRows }: ImportView, t: Translate): string {
  if (state === "uploaded") return t("import.uploadedText");
  const { buildings, units, beds, meters, leases, readings } = counts;
  const parts = [
    units > 0
      ? t("import.summaryUnits", { units, buildings })
      : t("import.summaryBuildings", { buildings }),
    ...(beds > 0 ? [t("import.summaryBeds", { count: beds })] : []),
    ...(meters > 0 ? [t("import.summaryMeters", { count: meters })] : []),
    ...(leases > 0 ? [t("import.summaryLeases", { count: leases })] : []),
    ...(readings > 0 ? [t("import.summaryReadings", { count: readings })] : []),
  ];
  const makes = `${parts.join(", ")}.`;
  return state === "checked" ? `${makes} ${t("import.needYou", { count: faultRows })}` : makes;
}

function standingOf(
  batch: ImportView,
  context: { readonly org: string; readonly place: Place; readonly t: Translate },
): SheetPageView["standing"] {
  const { org, place, t } = context;
  const at = (instant: Date | null) => (instant ? formatInstant(instant, place) : "");
  const link = null;
  switch (batch.state) {
    case "uploaded":
      return { kind: "waiting", title: t("import.uploadedTitle"), text: null, link };
    case "checked":
      return batch.faultRows > 0
        ? {
            kind: "refused",
            title: t("import.mendText"),
            text: null,
            link: { href: `/o/${org}/import`, label: t("import.mended") },
          }
        : { kind: "ok", title: t("import.readyText"), text: null, link };
    case "applying":
      return {
        kind: "waiting",
        title: t("import.applyingTitle"),
        text: t("import.applyingText"),
        link,
      };
    case "applied":
      return {
        kind: "ok",
        title: t("import.appliedTitle", { at: at(batch.appliedAt) }),
        text: t("import.undoText"),
        link: { href: `/o/${org}`, label: t("import.toBuildings") },
      };
    case "undone":
      return {
        kind: "note",
        title: t("import.undoneTitle", { at: at(batch.undoneAt) }),
        text: t("import.undoneText"),
        link,
      };
  }
}
