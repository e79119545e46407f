import type { Metadata } from "next";
import { translatorFor } from "@/app/_document/translator";
import { requireOrgScope } from "@/app/_scope/require-org-scope";
import { consoleFrame, LANGUAGE } from "@/app/_view/frames";
import { ApprovalsPage } from "@/components/access/approvals-page";
import { findOrganization, listApprovals } from "@/lib/access";
import { systemClock } from "@/lib/platform";
import { listBuildings } from "@/lib/property";
import { decideApprovalAction, withdrawApprovalAction } from "./actions";
import { approvalRows } from "./approval-rows";

type Props = {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export const metadata: Metadata = { title: translatorFor(LANGUAGE.lang)("approvals.title") };

const MOST_SHOWN = 30;
const MOST_BUILDINGS = 200;
const NO_BUILDING = { locale: "en", timeZone: "UTC" };
const DONE = {
  approved: "approvals.doneApproved",
  declined: "approvals.doneDeclined",
  withdrawn: "approvals.doneWithdrawn",
} as const;

/** What needs a second person: what waits for me, what I asked for, and what is over. */
export default async function ApprovalsRoute({ params, searchParams }: Props) {
  const { org } = await params;
  const visit = await requireOrgScope(org, "approval:read");
  const { scope } = visit;
  const now = systemClock.now();
  const [organization, queue, buildings, query] = await Promise.all([
    findOrganization(scope),
    listApprovals(scope, { take: MOST_SHOWN, now }),
    listBuildings(scope, { take: MOST_BUILDINGS }),
    searchParams,
  ]);
  const frame = await consoleFrame(visit, organization.name, "approvals");
  const { t } = frame;
  const [place = NO_BUILDING] = buildings;
  const rows = await approvalRows(scope, queue, { place, buildings, now, t });
  const done = Object.entries(DONE).find(([word]) => word === query.done)?.[1];
  const view = { ...rows, doneText: done ? t(done) : null };
  const actions = {
    approve: decideApprovalAction.bind(null, { org, isApproved: true }),
    decline: decideApprovalAction.bind(null, { org, isApproved: false }),
    withdraw: withdrawApprovalAction.bind(null, { org }),
  };
  return <ApprovalsPage frame={frame} view={view} actions={actions} />;
}
