import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { ReadingsPage } from "@/components/metering/readings-page";
import { findOrganization } from "@/lib/access";
import { countQuarantined } from "@/lib/metering";
import { listBuildings } from "@/lib/property";
import { uploadReadingsAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("readings.title") };

const MOST_BUILDINGS = 500;

/** How readings come in: rounds on foot, sheets, gateways; and those that wait for a person. */
export default async function ReadingsRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "reading:write");
  const { scope } = visit;
  const [organization, buildings, waiting] = await Promise.all([
    findOrganization(scope),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    countQuarantined(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, "readings");
  const path = `/o/${org}/readings`;
  const view = {
    waiting: { href: `${path}/waiting`, count: waiting },
    rounds: buildings.map(({ id, name }) => ({ href: `${path}/round/${id}`, name })),
    gatewaysHref: scope.permissions.includes("gateway:manage") ? `${path}/gateways` : null,
    upload: uploadReadingsAction.bind(null, { org }),
  };
  return <ReadingsPage frame={frame} view={view} />;
}
