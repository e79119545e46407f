import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { GatewaysPage } from "@/components/metering/gateways-page";
import { findOrganization } from "@/lib/access";
import { listGateways } from "@/lib/metering";
import { listBuildings } from "@/lib/property";
import { createGatewayAction, revokeGatewayAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("gateways.title") };

const MOST_BUILDINGS = 500;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** What pushes readings by itself: who is let in, and the way out for each. */
export default async function GatewaysRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "gateway:manage");
  const { scope } = visit;
  const [organization, gateways, buildings] = await Promise.all([
    findOrganization(scope),
    listGateways(scope),
    listBuildings(scope, { take: MOST_BUILDINGS }),
  ]);
  const frame = await consoleFrame(visit, organization.name, "readings");
  const { t } = frame;
  const place = buildings[0] ?? NO_BUILDING;
  const view = {
    backHref: `/o/${org}/readings`,
    gateways: gateways.map(({ id, name, buildingName, createdAt, revokedAt }) => ({
      id,
      name,
      reachText: buildingName ?? t("gateways.all"),
      sinceText: revokedAt
        ? t("gateways.revoked", { at: formatInstant(revokedAt, place) })
        : t("gateways.since", { at: formatInstant(createdAt, place) }),
      revoke: revokedAt ? null : revokeGatewayAction.bind(null, { org, id }),
    })),
    create: createGatewayAction.bind(null, { org }),
    buildings: buildings.map(({ id, name }) => ({ value: id, label: name })),
  };
  return <GatewaysPage frame={frame} view={view} />;
}
