import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { comparisonView } from "@/app/_tariff/simulation";
import { tariffSentences } from "@/app/_tariff/tariff-sentence";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { TariffPage } from "@/components/tariffs/tariff-page";
import { findOrganization } from "@/lib/access";
import { findPersons } from "@/lib/identity";
import { systemClock } from "@/lib/platform";
import { findTariff, listReferences, type VersionView } from "@/lib/tariffs";
import { withdrawVersionAction } from "./actions";

type Props = {
  readonly params: Promise<{ readonly org: string; readonly tariff: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("tariffs.one") };

/** One tariff: what is in force in words, and every version with who made it. */
export default async function TariffRoute({ params, searchParams }: Props) {
  const { org, tariff: tariffId } = await params;
  const visit = await requireOrgScope(org, "tariff:read");
  const { scope } = visit;
  const now = systemClock.now();
  const [organization, tariff, place, { done }] = await Promise.all([
    findOrganization(scope),
    findTariff(scope, tariffId, now),
    organizationPlace(scope),
    searchParams,
  ]);
  if (!tariff) notFound();
  const { currency, versions } = tariff;
  const [references, people] = await Promise.all([
    listReferences(scope, currency),
    findPersons(versions.flatMap(({ createdBy }) => createdBy ?? [])),
  ]);
  const frame = await consoleFrame(visit, organization.name, "tariffs");
  const { t } = frame;
  const mayManage = scope.permissions.includes("tariff:manage");
  const inForce = versions.find(({ isInForce }) => isInForce);
  const compared = (version: VersionView | undefined) => {
    const reference = references.find(({ id }) => id === version?.referenceTariffId);
    if (!version || !reference) return null;
    return comparisonView({ ...version, currency, locale: place.locale, t }, reference);
  };
  const said = (definition: (typeof versions)[number]["definition"]) =>
    tariffSentences({ definition, currency, locale: place.locale, t });
  const view = {
    backHref: `/o/${org}/tariffs`,
    newHref: mayManage ? `/o/${org}/tariffs/${tariff.id}/new-version` : null,
    name: tariff.name,
    currency,
    usedByText: tariff.buildingNames.join(", ") || t("tariffs.unused"),
    doneText: doneText(done, t),
    inForce: inForce ? said(inForce.definition) : [],
    comparison: compared(inForce),
    versions: versions.map((version) => {
      const { id, startsAt, state, createdBy, createdAt } = version;
      const isOpen = state === "waiting" || (state === "active" && startsAt > now);
      const name = (createdBy && people.get(createdBy)?.name) || t("tariffs.setup");
      return {
        id,
        startsText: formatInstant(startsAt, place),
        saidText: said(version.definition).join(" "),
        madeText: t("tariffs.made", { name, at: formatInstant(createdAt, place) }),
        // Whoever approves it sees here what it would cost.
        comparison: state === "waiting" ? compared(version) : null,
        state: version.isInForce ? ("inForce" as const) : stateOf(state, startsAt > now),
        withdraw:
          isOpen && mayManage
            ? withdrawVersionAction.bind(null, { org, tariffId: tariff.id, versionId: id })
            : null,
      };
    }),
  };
  return <TariffPage frame={frame} view={view} />;
}

function stateOf(state: "active" | "waiting" | "withdrawn", isAhead: boolean) {
  if (state === "active") return isAhead ? ("ahead" as const) : ("over" as const);
  return state;
}

function doneText(done: unknown, t: ReturnType<typeof translatorFor>): string | null {
  const word = (["active", "waiting", "withdrawn"] as const).find((each) => each === done);
  return word ? t(`tariffs.done-${word}`) : null;
}
