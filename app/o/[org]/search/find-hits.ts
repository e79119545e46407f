import type { Translate } from "@/components/ui/translate";
import type { OrgScope } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { type Found, searchOrganization } from "@/lib/overview";
import { listMembers } from "@/lib/people";

export type Hit = {
  readonly href: string;
  readonly kind: Found["kind"] | "person";
  readonly group: string;
  readonly label: string;
  readonly place: string;
};

const OF_A_KIND = 6;
const LONGEST = 80;
const PATHS = {
  building: "buildings",
  unit: "units",
  resident: "units",
  meter: "meters",
  receipt: "purchases",
} as const;

/** Everything that begins with the words, as links that this role may open. */
export async function findHits(
  scope: OrgScope,
  asked: { readonly text: string; readonly now: Date; readonly t: Translate },
): Promise<readonly Hit[]> {
  const { now, t } = asked;
  const text = asked.text.slice(0, LONGEST);
  const [found, people] = await Promise.all([
    searchOrganization(scope, { text, now, take: OF_A_KIND }),
    findColleagues(scope, { text, now, t }),
  ]);
  const hits = found.map(({ kind, id, label, place }) => ({
    href: `/o/${scope.slug}/${PATHS[kind]}/${id}`,
    kind,
    group: t(`search.${kind}`),
    label,
    place: place ?? t("meters.notInstalled"),
  }));
  return [...hits, ...people];
}

/** Colleagues are few: they are read whole and matched here, by any word of the name. */
async function findColleagues(
  scope: OrgScope,
  { text, now, t }: { readonly text: string; readonly now: Date; readonly t: Translate },
): Promise<readonly Hit[]> {
  const asked = text.trim().toLowerCase();
  const { permissions } = scope;
  if (asked.length < 2 || !permissions.includes("member:read")) return [];
  const members = await listMembers(scope, now);
  const persons = await findPersons(members.map((member) => member.userId));
  const mayOpen = permissions.includes("member:manage");
  return members
    .flatMap(({ userId, role }) => {
      const name = persons.get(userId)?.name ?? "";
      const words = [name, ...name.split(/\s+/)].map((word) => word.toLowerCase());
      if (!words.some((word) => word.startsWith(asked))) return [];
      const path = `/o/${scope.slug}/people`;
      const href = mayOpen ? `${path}/${userId}` : path;
      return [
        { href, kind: "person" as const, group: t("search.person"), label: name, place: role },
      ];
    })
    .slice(0, OF_A_KIND);
}
