import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { formatDay, formatInstant, type Place } from "@/app/_view/instants";
import { organizationPlace } from "@/app/_view/organization-place";
import { ApiKeysPage } from "@/components/api/api-keys-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { type ApiKeyView, KEY_SCOPES, listApiKeys, PER_MINUTE } from "@/lib/api";
import { systemClock } from "@/lib/platform";
import { listBuildings } from "@/lib/property";
import { createKeyAction, revokeKeyAction } from "./actions";

type Props = { readonly params: Promise<{ readonly org: string }> };

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("apiKeys.title") };

const MOST_BUILDINGS = 500;

/** By which keys programs sell for the organization; how one is made, and the way out for each. */
export default async function ApiKeysRoute({ params }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "api-key:manage");
  const { scope } = visit;
  const [organization, keys, buildings, place] = await Promise.all([
    findOrganization(scope),
    listApiKeys(scope),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    organizationPlace(scope),
  ]);
  const frame = await consoleFrame(visit, organization.name, null);
  const { t } = frame;
  const now = systemClock.now();
  const view = {
    backHref: `/o/${org}/settings`,
    keys: keys.map((key) => ({
      id: key.id,
      name: key.name,
      shownEnd: key.shownEnd,
      mayText: key.scopes.map((one) => t(`apiScope.${one}`)).join(", "),
      reachText: key.buildingNames?.join(", ") ?? t("apiKeys.all"),
      standsText: standsText(key, { t, place, now }),
      revoke: key.revokedAt ? null : revokeKeyAction.bind(null, { org, id: key.id }),
    })),
    create: createKeyAction.bind(null, { org }),
    scopes: KEY_SCOPES.map((value) => ({ value, label: t(`apiScope.${value}`), hint: value })),
    buildings: buildings.map(({ id, name }) => ({ value: id, label: name })),
    rates: PER_MINUTE.map((rate) => ({ value: String(rate), label: rate.toLocaleString("en") })),
    usualRate: "600",
    others: keys.map(({ id, name, shownEnd }) => ({ value: id, label: `${name} …${shownEnd}` })),
  };
  return <ApiKeysPage frame={frame} view={view} />;
}

type Reading = { readonly t: Translate; readonly place: Place; readonly now: Date };

/** Since when, until when, when last: what decides whether a key is still wanted. */
function standsText(key: ApiKeyView, { t, place, now }: Reading): string {
  if (key.revokedAt) return t("apiKeys.revoked", { at: formatInstant(key.revokedAt, place) });
  const since = t("apiKeys.since", { at: formatInstant(key.createdAt, place) });
  const used = key.lastUsedOn
    ? t("apiKeys.used", { day: formatDay(key.lastUsedOn, { ...place, timeZone: "UTC" }, now) })
    : t("apiKeys.neverUsed");
  if (!key.expiresAt) return `${since}, ${used}`;
  const at = formatInstant(key.expiresAt, place);
  const until = t(key.expiresAt <= now ? "apiKeys.expired" : "apiKeys.until", { at });
  return `${since}, ${used}, ${until}`;
}
