import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { actionText, changesOf, originText, whoText } from "@/app/_view/audit-texts";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatInstant } from "@/app/_view/instants";
import { AuditPage } from "@/components/access/audit-page";
import { EraseTraces } from "@/components/access/erase-traces";
import type { Translate } from "@/components/ui/translate";
import { findAuditState, findOrganization, listAudit, listAuditPeople } from "@/lib/access";
import { AUDIT_ACTIONS, type OrgScope } from "@/lib/access/shared";
import { listBuildings } from "@/lib/property";
import { eraseTracesAction } from "./actions";
import { type AuditQuery, filterOf, hrefWith, readAuditQuery } from "./audit-query";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("audit.title") };

const MOST_ENTRIES = 50;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };

/** Who did what, when, from where, before and after; the address bar holds the search. */
export default async function AuditRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "audit:read");
  const { scope } = visit;
  const query = readAuditQuery(await searchParams);
  const [organization, people, state, [place = NO_BUILDING]] = await Promise.all([
    findOrganization(scope),
    listAuditPeople(scope),
    findAuditState(scope),
    listBuildings(scope, { take: 1 }),
  ]);
  const frame = await consoleFrame(visit, organization.name, "audit");
  const { t } = frame;
  const { entries, hasOlder } = await listAudit(scope, {
    filter: filterOf(query, place.timeZone),
    before: query.before,
    take: MOST_ENTRIES,
  });
  const path = `/o/${org}/audit`;
  const last = entries.at(-1)?.id;
  const view = {
    path,
    query,
    people: people.map(({ userId, name }) => ({ value: userId, label: name || t("audit.noName") })),
    actions: AUDIT_ACTIONS.map((action) => ({ value: action, label: actionText(action, t) })),
    isFiltered: isFiltered(query),
    zoneText: t("audit.zone", { zone: place.timeZone.replaceAll("_", " ") }),
    chainText: state.signedAt
      ? t("audit.signed", {
          sequence: String(state.signed),
          at: formatInstant(state.signedAt, place),
        })
      : t("audit.unsigned"),
    entries: entries.map((entry) => ({
      id: entry.id,
      atText: formatInstant(entry.at, place),
      whoText: whoText(entry, t),
      originText: originText(entry, t),
      actionText: actionText(entry.action, t),
      changes: changesOf(entry, t),
      sequenceText: entry.sequence === null ? null : String(entry.sequence),
    })),
    olderHref: hasOlder && last ? hrefWith(path, { ...query, before: last }) : null,
    newestHref: query.before ? hrefWith(path, { ...query, before: null }) : null,
    erase: eraseOf({ org, who: people.find(({ userId }) => userId === query.who), scope, t }),
  };
  return <AuditPage frame={frame} view={view} />;
}

function eraseOf(input: {
  readonly org: string;
  readonly who: { readonly userId: string; readonly name: string } | undefined;
  readonly scope: OrgScope;
  readonly t: Translate;
}) {
  const { org, who, scope, t } = input;
  if (!who || !scope.permissions.includes("organization:manage")) return null;
  const action = eraseTracesAction.bind(null, { org, userId: who.userId });
  return <EraseTraces action={action} name={who.name || t("audit.noName")} t={t} />;
}

function isFiltered({ who, action, from, to }: AuditQuery): boolean {
  return [who, action, from, to].some((value) => value !== null);
}
