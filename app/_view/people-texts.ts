import type { Translate } from "@/components/ui/translate";
import type { InvitationError, InviteError, MemberError } from "@/lib/people";
import { type InvitationFaults, LONGEST_REASON } from "@/lib/people/shared";
import type { BuildingFacts } from "@/lib/property";

/** The buildings of a role in words: all, by name, or that none is left. */
export function buildingsInWords(
  buildings: readonly string[] | null,
  known: readonly BuildingFacts[],
  t: Translate,
): string {
  if (buildings === null) return t("people.allBuildings");
  const names = known.filter(({ id }) => buildings.includes(id)).map(({ name }) => name);
  return names.length === 0 ? t("people.noBuildings") : names.join(", ");
}

/** Why nothing was changed, and the way out. */
export function peopleErrorText(
  error: InviteError | InvitationError | MemberError,
  t: Translate,
): string {
  return t(`peopleError.${error.code}`);
}

/** What is wrong with each field of a form about a role, by the field's name. */
export function faultTexts(
  faults: InvitationFaults,
  t: Translate,
): Readonly<Record<string, string>> {
  const most = String(LONGEST_REASON);
  const texts = Object.entries(faults).map(
    ([field, code]) => [field, t(`peopleError.${code}`, { most })] as const,
  );
  return Object.fromEntries(texts);
}
