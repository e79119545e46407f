import { inScope } from "@/lib/access";
import type { OrgScope } from "@/lib/access/shared";
import { METER_TEST } from "./approved-issue";

/** A token without payment, asked for or made: for a meter's page. */
export type IssueView = {
  readonly approvalId: string;
  readonly state: string;
  readonly reason: string;
  /** Null for a test: its amount is told by the meter alone. */
  readonly energyWh: bigint | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly requestHash: string;
  readonly expiresAt: Date;
  readonly decidedBy: string | null;
  readonly usedAt: Date | null;
  /** Empty until it is made, and for who may not read digits. */
  readonly digits: readonly string[];
  readonly test: {
    readonly id: string;
    readonly state: "asked" | "issued" | "passed" | "void";
    readonly tries: number;
    readonly issuedAt: Date | null;
    readonly endedAt: Date | null;
  } | null;
};

/** What was asked for a meter without payment, tests included, the newest first. */
export function listIssues(
  scope: OrgScope,
  { meterId, take }: { readonly meterId: string; readonly take: number },
): Promise<readonly IssueView[]> {
  const { organizationId } = scope;
  const seesDigits = scope.permissions.includes("token:read");
  return inScope(scope, async (tx) => {
    const rows = await tx.db.approvalRequest.findMany({
      where: { organizationId, kind: "free-issue", subjectId: meterId },
      select: {
        id: true,
        state: true,
        reason: true,
        request: true,
        requestHash: true,
        requestedBy: true,
        requestedAt: true,
        expiresAt: true,
        decidedBy: true,
        usedAt: true,
        meterTest: {
          select: { id: true, state: true, tries: true, issuedAt: true, endedAt: true },
        },
        tokenSet: {
          select: {
            reservations: {
              select: { token: { select: { digits: true } } },
              orderBy: { position: "asc" },
            },
          },
        },
      },
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      take,
    });
    return rows.map(({ id, request, requestHash, meterTest, tokenSet, ...row }) => ({
      ...row,
      approvalId: id,
      requestHash: Buffer.from(requestHash).toString("hex"),
      energyWh: energyOf(request),
      test: meterTest && {
        ...meterTest,
        state: meterTest.state as NonNullable<IssueView["test"]>["state"],
      },
      digits: seesDigits
        ? (tokenSet?.reservations ?? []).flatMap(({ token }) => (token ? [token.digits] : []))
        : [],
    }));
  });
}

function energyOf(request: unknown): bigint | null {
  const values = request as { readonly purpose?: unknown; readonly energyWh?: unknown };
  if (values.purpose === METER_TEST || typeof values.energyWh !== "string") return null;
  return BigInt(values.energyWh);
}
