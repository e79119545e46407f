import type { Prisma } from "@/lib/platform/prisma/client";
import type { ApprovalContent } from "../core/approval-hash";
import { type ApprovalKind, type ApprovalState, parseApprovalKind } from "../core/approval-kinds";
import { hasSecondPerson, kindsFor, type StoredMember } from "../core/approval-parts";
import type { OrgScope } from "../core/scope";
import { withinBuildings } from "../core/within-buildings";
import { inScope, type ScopedTx } from "./in-scope";

/** A request as a list shows it. `expired` is a fact of the clock, and no state of the row. */
export type ApprovalView = {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly buildingId: string | null;
  readonly request: ApprovalContent;
  /** 64 hex digits: a decision names what was read. */
  readonly requestHash: string;
  readonly reason: string;
  readonly state: ApprovalState | "expired";
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** False where nobody but who asked could approve it: it waits in vain. */
  readonly hasSecondPerson: boolean;
};

export type ApprovalQueue = {
  /** What the caller may decide now, the one that ends first in front. */
  readonly waiting: readonly ApprovalView[];
  /** What the caller asked for and is not over: waiting or approved. */
  readonly mine: readonly ApprovalView[];
  /** What was decided or ended lately, the newest first; one's own that can be used is above. */
  readonly over: readonly ApprovalView[];
};

const MOST_MEMBERS = 500;

/** What waits for the caller, what the caller waits for, and what ended lately. */
export function listApprovals(
  scope: OrgScope,
  { take, now }: { readonly take: number; readonly now: Date },
): Promise<ApprovalQueue> {
  const { organizationId, userId } = scope;
  return inScope(scope, async (tx) => {
    const members = await listMembers(tx);
    const list = async (
      where: Prisma.ApprovalRequestWhereInput,
      orderBy: Prisma.ApprovalRequestOrderByWithRelationInput[],
    ) => {
      const rows = await tx.db.approvalRequest.findMany({
        where: { AND: [{ organizationId, ...withinBuildings(scope, "buildingId") }, where] },
        orderBy,
        take,
      });
      return rows.flatMap((row) => viewOf(row, members, now) ?? []);
    };
    const mine = { requestedBy: userId, state: { in: ["waiting", "approved"] } };
    const seen = { OR: [{ requestedBy: userId }, { kind: { in: kindsOf(scope) } }] };
    const isOver = {
      OR: [
        { state: { in: ["declined", "withdrawn", "used"] } },
        { state: "approved", requestedBy: { not: userId } },
        { expiresAt: { lte: now } },
      ],
    };
    return {
      waiting: await list(waitingFor(scope, now), [{ expiresAt: "asc" }, { id: "asc" }]),
      mine: await list({ ...mine, expiresAt: { gt: now } }, [{ requestedAt: "desc" }]),
      over: await list({ AND: [seen, isOver] }, [{ requestedAt: "desc" }, { id: "desc" }]),
    };
  });
}

/** Whether somebody else than the caller could approve such a request. */
export async function hasApprover(
  tx: ScopedTx<OrgScope>,
  kind: ApprovalKind,
  now: Date,
): Promise<boolean> {
  const asked = { kind, buildingId: null, requestedBy: tx.scope.userId };
  return hasSecondPerson(await listMembers(tx), asked, now);
}

/** One's own requests wait for somebody else. */
function waitingFor(scope: OrgScope, now: Date): Prisma.ApprovalRequestWhereInput {
  return {
    kind: { in: [...kindsFor(scope.permissions, "approve")] },
    state: "waiting",
    requestedBy: { not: scope.userId },
    expiresAt: { gt: now },
  };
}

const kindsOf = ({ permissions }: OrgScope): string[] => [
  ...kindsFor(permissions, "request"),
  ...kindsFor(permissions, "approve"),
];

async function listMembers(tx: ScopedTx): Promise<readonly StoredMember[]> {
  const rows = await tx.db.membership.findMany({
    where: { organizationId: tx.scope.organizationId },
    select: {
      userId: true,
      role: true,
      endsAt: true,
      allBuildings: true,
      buildings: { select: { buildingId: true } },
    },
    orderBy: { userId: "asc" },
    take: MOST_MEMBERS,
  });
  return rows.map(({ allBuildings, buildings, ...member }) => ({
    ...member,
    buildingIds: allBuildings ? null : buildings.map(({ buildingId }) => buildingId),
  }));
}

type Row = Prisma.ApprovalRequestGetPayload<object>;

/** Null for a kind that a newer version wrote. */
function viewOf(row: Row, members: readonly StoredMember[], now: Date): ApprovalView | null {
  const kind = parseApprovalKind(row.kind);
  if (!kind) return null;
  const { organizationId: _organization, usedAt: _used, requestHash, request, ...rest } = row;
  const stored = row.state as ApprovalState;
  const isOpen = stored === "waiting" || stored === "approved";
  return {
    ...rest,
    kind,
    request: request as ApprovalContent,
    requestHash: Buffer.from(requestHash).toString("hex"),
    state: isOpen && row.expiresAt <= now ? "expired" : stored,
    hasSecondPerson: hasSecondPerson(members, { ...row, kind }, now),
  };
}
