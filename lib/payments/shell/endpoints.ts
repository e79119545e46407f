import { inScope, recordAudit } from "@/lib/access";
import type { OrgScope, Scope, SystemScope } from "@/lib/access/shared";
import { newId } from "@/lib/platform";

/** Opens an address at which a provider may call an organization, and gives its id. */
export async function createEndpoint(
  scope: OrgScope | SystemScope,
  provider: string,
  now: Date,
): Promise<string> {
  const id = newId();
  await inScope(scope, async (tx) => {
    await tx.db.paymentEndpoint.createMany({
      data: [{ id, belongsTo: scope.organizationId, provider }],
    });
    await recordAudit(tx, {
      at: now,
      action: "payment-endpoint.created",
      subjectKind: "payment-endpoint",
      subjectId: id,
      detail: {},
      after: { provider },
    });
  });
  return id;
}

/** Where a provider calls this organization, the first such address; null when there is none. */
export async function findEndpointOf(scope: Scope, provider: string): Promise<string | null> {
  const endpoint = await inScope(scope, (tx) =>
    tx.db.paymentEndpoint.findFirst({
      where: { belongsTo: scope.organizationId, provider },
      select: { id: true },
      orderBy: { id: "asc" },
    }),
  );
  return endpoint?.id ?? null;
}

/** A way to pay an organization, as a payer chooses it. */
export type WayToPay = {
  readonly endpointId: string;
  readonly provider: string;
  /** What the landlord calls the account; null for practice money. */
  readonly label: string | null;
};

const MOST_WAYS = 20;

/**
 * How an organization can be paid now: its accounts that are switched on, in the order they were
 * added, and practice money where there is any.
 */
export async function listWaysToPay(
  scope: Scope,
  { practice }: { readonly practice: string | null },
): Promise<readonly WayToPay[]> {
  const { organizationId } = scope;
  const accounts = await inScope(scope, (tx) =>
    tx.db.paymentAccount.findMany({
      where: { organizationId, state: "active" },
      select: { endpointId: true, provider: true, label: true },
      orderBy: { endpointId: "asc" },
      take: MOST_WAYS,
    }),
  );
  const endpointId = practice === null ? null : await findEndpointOf(scope, practice);
  return practice === null || endpointId === null
    ? accounts
    : [...accounts, { endpointId, provider: practice, label: null }];
}
