import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { meterNumberText } from "@/app/_view/purchase-texts";
import { MetersPage } from "@/components/property/meters-page";
import type { Translate } from "@/components/ui/translate";
import { systemClock } from "@/lib/platform";
import { listMeters, type MeterProof, type MeterView } from "@/lib/property";
import { metersHref, readMeterQuery } from "./meters-query";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("meters.title") };

const A_PAGE = 100;
const PROOFS: readonly MeterProof[] = ["contested", "claimed", "verified"];

/** Every meter with whose it is; what needs a person first, the choice in the address bar. */
export default async function MetersRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "meter:manage");
  const { scope } = visit;
  const query = readMeterQuery(await searchParams);
  const { proof, isArchived, number } = query;
  const list = { ...query, take: A_PAGE + 1, now: systemClock.now() };
  const [frame, { meters: found, counts }] = await Promise.all([
    consoleFrame(visit, null, "meters"),
    listMeters(scope, list),
  ]);
  const meters = found.slice(0, A_PAGE);
  const last = found.length > A_PAGE ? meters.at(-1) : undefined;
  const { t } = frame;
  const path = `/o/${org}/meters`;
  const filterOf = (value: MeterProof | null, label: string, count: number) => ({
    href: metersHref(path, { proof: value, isArchived: false, number, after: null }),
    label: t("meters.count", { label, count }),
    isCurrent: value === proof && !isArchived,
  });
  const archived = {
    href: metersHref(path, { proof: null, isArchived: true, number, after: null }),
    label: t("meters.count", { label: t("meterLife.archivedFact"), count: counts.archived }),
    isCurrent: isArchived,
  };
  const total = counts.contested + counts.claimed + counts.verified;
  const view = {
    // A new meter belongs to no building yet, and so not to who is limited to some.
    newHref: scope.buildingIds === null ? `${path}/new` : null,
    filters: [
      filterOf(null, t("meters.all"), total),
      ...PROOFS.map((each) => filterOf(each, t(`meterProof.${each}`), counts[each])),
      ...(counts.archived > 0 || isArchived ? [archived] : []),
    ],
    path,
    proof,
    number,
    isFiltered: isArchived || proof !== null || number !== "" || query.after !== null,
    nextHref: last ? metersHref(path, { ...query, after: last }) : null,
    firstHref: query.after === null ? null : metersHref(path, { ...query, after: null }),
    meters: meters.map((meter) => ({
      id: meter.id,
      href: `${path}/${meter.id}`,
      numberText: meterNumberText(meter.meterNumber),
      unitText: meter.unitLabel ?? t("meters.notInstalled"),
      buildingText: meter.buildingName ?? "",
      proof: meter.proof,
      proofText: t(`meterProof.${meter.proof}`),
      nextText: nextText(meter, t),
    })),
  };
  return <MetersPage frame={frame} view={view} />;
}

function nextText({ proof, isProvedElsewhere, status }: MeterView, t: Translate): string {
  if (isProvedElsewhere) return t("meters.nextLost");
  if (proof === "contested") return t("meters.nextContested");
  if (proof === "claimed") return t("meters.nextClaimed");
  return status === "blocked" ? t("meters.blocked") : "";
}
