import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { tariffSentences } from "@/app/_tariff/tariff-sentence";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { TariffsPage } from "@/components/tariffs/tariffs-page";
import { findOrganization } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { listTariffs } from "@/lib/tariffs";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("tariffs.title") };

/** Every tariff: what it costs now, what comes next, and where it is in force. */
export default async function TariffsRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "tariff:read");
  const { scope } = visit;
  const now = systemClock.now();
  const [organization, tariffs, place] = await Promise.all([
    findOrganization(scope),
    listTariffs(scope, now),
    organizationPlace(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, "tariffs");
  const { t } = frame;
  const view = {
    newHref: scope.permissions.includes("tariff:manage") ? `/o/${org}/tariffs/new` : null,
    tariffs: tariffs.map(({ id, name, currency, buildingNames, versions }) => {
      const inForce = versions.find(({ isInForce }) => isInForce);
      const next = versions.findLast(({ startsAt, state }) => startsAt > now && state === "active");
      const waits = versions.some(({ state }) => state === "waiting");
      const said = inForce && { ...inForce, currency, locale: place.locale, t };
      return {
        id,
        href: `/o/${org}/tariffs/${id}`,
        name,
        currency,
        priceText: said ? (tariffSentences(said)[0] ?? "") : t("tariffs.noPrice"),
        nextText: next
          ? t("tariffs.nextFrom", { at: formatInstant(next.startsAt, place) })
          : t("tariffs.noNext"),
        waitsText: waits ? t("tariffs.waits") : "",
        buildingsText: buildingNames.join(", ") || t("tariffs.unused"),
      };
    }),
  };
  return <TariffsPage frame={frame} view={view} />;
}
