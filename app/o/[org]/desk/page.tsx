import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { type OrgVisit, requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { organizationPlace } from "@/app/_view/organization-place";
import { DeskPage } from "@/components/desk/desk-page";
import type { Translate } from "@/components/ui/translate";
import { findOrganization } from "@/lib/access";
import { findOwnShift, listDesks, listShifts } from "@/lib/desk";
import { findPersons } from "@/lib/identity";
import { findCustomers } from "@/lib/overview";
import { systemClock } from "@/lib/platform";
import { listBuildings } from "@/lib/property";
import { endDeskAction } from "./actions";
import { addDeskForm, openShiftForm } from "./desk-forms";
import { openDeskView, shiftRowView } from "./desk-view";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("desk.title") };

const A_PAGE = 20;
const MOST_CUSTOMERS = 8;

/** The cash desk: the sale that is being made, the drawer, and the shifts. */
export default async function DeskRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "desk:read");
  const { scope } = visit;
  const asked = await searchParams;
  const text = (name: string) => (typeof asked[name] === "string" ? asked[name].slice(0, 60) : "");
  const page = /^\d{1,4}$/.test(text("page")) ? Number(text("page")) : 0;
  const maySell = scope.permissions.includes("desk:sell");
  const now = systemClock.now();
  const find = maySell ? text("find") : "";
  const [organization, place, desks, own, shifts, customers] = await Promise.all([
    findOrganization(scope),
    organizationPlace(scope),
    listDesks(scope),
    findOwnShift(scope),
    listShifts(scope, { take: A_PAGE + 1, skip: page * A_PAGE }),
    find ? findCustomers(scope, { text: find, now, take: MOST_CUSTOMERS }) : null,
  ]);
  const people = await findPersons([
    ...shifts.map(({ userId }) => userId),
    ...desks.flatMap(({ shift }) => (shift ? [shift.userId] : [])),
  ]);
  const frame = await consoleFrame(visit, organization.name, "desk");
  const { t } = frame;
  const nameOf = (userId: string) => people.get(userId)?.name || t("approvals.somebody");
  const hasFree = desks.some(({ shift }) => shift === null);
  const view = {
    open:
      own && maySell
        ? openDeskView(own, { org, place, t, find, amount: text("amount"), customers })
        : null,
    openForm: !own && maySell && hasFree ? openShiftForm(org, desks, t) : null,
    shifts: shifts.slice(0, A_PAGE).map((shift) => shiftRowView(shift, { org, place, t, nameOf })),
    olderHref: shifts.length > A_PAGE ? `/o/${org}/desk?page=${page + 1}` : null,
    desks: scope.permissions.includes("desk:manage")
      ? await desksView(visit, { desks, nameOf, t })
      : null,
  };
  return <DeskPage frame={frame} view={view} />;
}

/** The desks in use, for who answers for them. */
async function desksView(
  { scope }: OrgVisit,
  about: {
    readonly desks: Awaited<ReturnType<typeof listDesks>>;
    readonly nameOf: (userId: string) => string;
    readonly t: Translate;
  },
) {
  const { desks, nameOf, t } = about;
  const org = scope.slug;
  return {
    rows: desks.map(({ id, name, number, currency, buildings, shift }) => ({
      key: id,
      nameText: name,
      detailText: [
        t("desk.series", { number, currency }),
        buildings.length > 0
          ? buildings.map((building) => building.name).join(", ")
          : t("desk.allBuildings"),
        shift ? t("desk.takenBy", { name: nameOf(shift.userId) }) : t("desk.free"),
      ].join(" · "),
      form: shift
        ? null
        : {
            action: endDeskAction.bind(null, { org, deskId: id }),
            view: {
              id: `end-desk-${id}`,
              fields: [],
              submit: t("desk.endNow"),
              summary: t("desk.end"),
            },
          },
    })),
    add: addDeskForm(org, await listBuildings(scope, { take: 200 }), t),
  };
}
