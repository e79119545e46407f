import { translatorFor } from "@/app/_document/translator";
import type { ConsoleFrame } from "@/components/ui/console-shell";
import type { PhoneFrame } from "@/components/ui/phone-shell";
import type { MessageKey, Translate } from "@/components/ui/translate";
import { isPracticeInstallation } from "@/lib/access";
import type { Permission } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { findConsoleFrame } from "@/lib/overview";
import { systemClock } from "@/lib/platform";
import type { OrgVisit } from "../_scope/require-org-scope";
import { formatInstant } from "./instants";
import { organizationPlace } from "./organization-place";

/** The language of our words, until there are more than one. */
export const LANGUAGE = { lang: "en", dir: "ltr" } as const;

/** The frame of a page that does one thing; the seller's name where one is known. */
export async function phoneFrame(sellerName: string | null): Promise<PhoneFrame> {
  const isPractice = await isPracticeInstallation();
  return { t: translatorFor(LANGUAGE.lang), isPractice, sellerName };
}

export type ConsolePlace =
  | "buildings"
  | "desk"
  | "sales"
  | "payments"
  | "ledger"
  | "meters"
  | "readings"
  | "tariffs"
  | "approvals"
  | "people"
  | "audit";

/** The places of the console in their order, and what somebody needs to open each. */
const PLACES = [
  { place: "buildings", label: "console.buildings", path: "", permission: "building:read" },
  { place: "desk", label: "console.desk", path: "/desk", permission: "desk:read" },
  { place: "sales", label: "console.sales", path: "/sales", permission: "sale:read" },
  {
    place: "payments",
    label: "console.payments",
    path: "/payments",
    permission: "payment:read",
  },
  { place: "ledger", label: "console.ledger", path: "/ledger", permission: "ledger:read" },
  { place: "meters", label: "console.meters", path: "/meters", permission: "meter:manage" },
  {
    place: "readings",
    label: "console.readings",
    path: "/readings",
    permission: "reading:write",
  },
  { place: "tariffs", label: "console.tariffs", path: "/tariffs", permission: "tariff:read" },
  {
    place: "approvals",
    label: "console.approvals",
    path: "/approvals",
    permission: "approval:read",
  },
  { place: "people", label: "console.people", path: "/people", permission: "member:read" },
  { place: "audit", label: "console.audit", path: "/audit", permission: "audit:read" },
] as const satisfies readonly {
  readonly place: ConsolePlace;
  readonly label: MessageKey;
  readonly path: string;
  readonly permission: Permission;
}[];

/**
 * The frame of a console page; `current` is null for a page that is in none of its places. The
 * organization's name comes with it, unless a page has it already.
 */
export async function consoleFrame(
  visit: OrgVisit,
  knownName: string | null,
  current: ConsolePlace | null = "buildings",
): Promise<ConsoleFrame> {
  const t = translatorFor(LANGUAGE.lang);
  const { slug, permissions } = visit.scope;
  const now = systemClock.now();
  const [isPractice, { name, places, support, waiting }] = await Promise.all([
    isPracticeInstallation(),
    findConsoleFrame(visit.scope, now),
  ]);
  const organizationName = knownName ?? name;
  const open = PLACES.filter(({ permission }) => permissions.includes(permission));
  const nav = open.map(({ place, label, path }) => ({
    href: `/o/${slug}${path}`,
    label:
      place === "readings" && waiting > 0
        ? t("console.readingsWaiting", { count: waiting })
        : t(label),
    isCurrent: current === place,
  }));
  return {
    t,
    isPractice,
    organizationName,
    personName: visit.person.name,
    nav,
    search: searchView(slug, t),
    menu: {
      label: t("console.menu"),
      placesLabel: t("console.organizations"),
      currentLabel: t("console.current"),
      places: places.map((place) => ({
        href: `/o/${place.slug}`,
        name: place.name,
        isCurrent: place.slug === slug,
      })),
      links: menuLinks(visit, organizationName, t),
    },
    support: await supportBanners(visit, support, t),
    signOut: { action: "/sign-out", fields: [] },
  };
}

function searchView(slug: string, t: Translate) {
  const path = `/o/${slug}/search`;
  return {
    path,
    foundPath: `${path}/found`,
    label: t("console.find"),
    fieldLabel: t("search.label"),
    hint: t("search.hint"),
    noneText: t("search.count", { count: 0 }),
    keysLabel: t("search.keys"),
    closeLabel: t("search.close"),
    keys: [
      { keys: "⌘K  Ctrl K  /", text: t("search.keyOpen") },
      { keys: "↑ ↓", text: t("search.keyWalk") },
      { keys: "Enter", text: t("search.keyEnter") },
      { keys: "Esc", text: t("search.keyEscape") },
      { keys: "← ↑ ↓ →", text: t("search.keyFacade") },
    ],
  };
}

function menuLinks({ scope }: OrgVisit, organization: string, t: Translate) {
  const home = `/o/${scope.slug}`;
  const isManager = scope.permissions.includes("organization:manage");
  const managers = [
    { href: `${home}/settings`, label: t("console.settings") },
    { href: `${home}/settings/payments`, label: t("console.paymentAccounts") },
    { href: "/o/new", label: t("console.newOrganization") },
  ];
  const sellsByApi = scope.permissions.includes("api-key:manage");
  const brings = scope.permissions.includes("property:manage");
  return [
    ...(brings ? [{ href: `${home}/import`, label: t("console.import") }] : []),
    { href: `${home}/people/roles`, label: t("console.myRole") },
    ...(isManager ? managers : []),
    ...(sellsByApi ? [{ href: `${home}/settings/api`, label: t("apiKeys.title") }] : []),
    { href: `${home}/people/leave`, label: t("console.leave", { organization }) },
  ];
}

async function supportBanners(
  { scope }: OrgVisit,
  open: readonly { readonly userId: string; readonly endsAt: Date }[],
  t: Translate,
) {
  if (open.length === 0) return [];
  const [people, place] = await Promise.all([
    findPersons(open.map((one) => one.userId)),
    organizationPlace(scope),
  ]);
  const mayEnd = scope.permissions.includes("support:grant");
  const action = `/o/${scope.slug}/support/end`;
  return open.map(({ userId, endsAt }) => {
    const name = people.get(userId)?.name || t("people.noName");
    const until = formatInstant(endsAt, place);
    const isYou = userId === scope.userId;
    return {
      userId,
      text: isYou ? t("console.supportYou", { until }) : t("console.supportLooks", { name, until }),
      end: mayEnd ? { action, label: t("console.endSupport") } : null,
    };
  });
}
