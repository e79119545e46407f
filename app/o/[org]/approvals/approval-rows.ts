import { askedText } from "@/app/_view/approval-texts";
import { formatInstant, type Place } from "@/app/_view/instants";
import { meterNumberText } from "@/app/_view/purchase-texts";
import type { ApprovalRowView } from "@/components/access/approvals-page";
import type { Translate } from "@/components/ui/translate";
import type { ApprovalView, listApprovals } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { findPersons } from "@/lib/identity";
import { listInvitations } from "@/lib/people";
import { type BuildingFacts, findMeter } from "@/lib/property";
import { listTariffs } from "@/lib/tariffs";

type Context = {
  readonly place: Place;
  readonly buildings: readonly BuildingFacts[];
  readonly now: Date;
  readonly t: Translate;
};
type Queue = Awaited<ReturnType<typeof listApprovals>>;

/** The queue in words: people by name, subjects by what they are called here. */
export async function approvalRows(scope: OrgScope, queue: Queue, context: Context) {
  const { place, buildings, t } = context;
  const all = [...queue.waiting, ...queue.mine, ...queue.over];
  const people = await findPersons(all.flatMap(peopleOf));
  const subjects = await subjectTexts(scope, all, context);
  const nameOf = (userId: string) => people.get(userId)?.name || t("approvals.somebody");
  const at = (instant: Date) => formatInstant(instant, place);
  const rowOf = (approval: ApprovalView): ApprovalRowView => {
    const { id, kind, state, subjectId, requestedBy, decidedBy } = approval;
    const stateText = t(`approvalState.${state}`);
    const person = people.get(subjectId)?.name;
    return {
      id,
      requestHash: approval.requestHash,
      kindText: t(`approvalKind.${kind}`),
      askedText: askedText(approval, { locale: place.locale, buildings, t }),
      subject: subjects.get(subjectId) ?? (person ? { text: person, href: null } : null),
      reason: approval.reason,
      askedByText: t("approvals.askedBy", {
        name: nameOf(requestedBy),
        at: at(approval.requestedAt),
      }),
      untilText: t("approvals.until", { at: at(approval.expiresAt) }),
      state,
      stateText: decidedBy
        ? t(state === "used" ? "approvals.decidedAndUsed" : "approvals.decided", {
            state: stateText,
            name: nameOf(decidedBy),
          })
        : stateText,
      isInVain: state === "waiting" && !approval.hasSecondPerson,
    };
  };
  return {
    waiting: queue.waiting.map(rowOf),
    mine: queue.mine.map(rowOf),
    over: queue.over.map(rowOf),
  };
}

const peopleOf = ({ requestedBy, decidedBy, subjectKind, subjectId }: ApprovalView) => [
  requestedBy,
  ...(decidedBy ? [decidedBy] : []),
  ...(subjectKind === "user" ? [subjectId] : []),
];

/** Who is invited, for an invitation's request itself names nobody. */
async function invitedTexts(scope: OrgScope, now: Date) {
  if (!scope.permissions.includes("member:manage")) return [];
  const invitations = await listInvitations(scope, now);
  return invitations.map(({ id, email }) => [id, { text: email, href: null }] as const);
}

async function subjectTexts(
  scope: OrgScope,
  approvals: readonly ApprovalView[],
  { now, t }: Context,
) {
  const meterIds = approvals
    .filter(({ subjectKind }) => subjectKind === "meter")
    .map(({ subjectId }) => subjectId);
  const found = await Promise.all([...new Set(meterIds)].map((id) => findMeter(scope, id, now)));
  const tariffs = approvals.some(({ subjectKind }) => subjectKind === "tariff")
    ? await listTariffs(scope, now)
    : [];
  const readsTariffs = scope.permissions.includes("tariff:read");
  const isLinked = scope.permissions.includes("meter:manage");
  return new Map([
    ...(await invitedTexts(scope, now)),
    ...tariffs.map(({ id, name }) => {
      const href = readsTariffs ? `/o/${scope.slug}/tariffs/${id}` : null;
      return [id, { text: name, href }] as const;
    }),
    ...found.flatMap((meter) => {
      if (!meter) return [];
      const number = meterNumberText(meter.meterNumber);
      const { unitLabel: unit } = meter;
      const text = unit
        ? t("approvals.ofMeterIn", { number, unit })
        : t("approvals.ofMeter", { number });
      const href = isLinked ? `/o/${scope.slug}/meters/${meter.id}` : null;
      return [[meter.id, { text, href }] as const];
    }),
  ]);
}
