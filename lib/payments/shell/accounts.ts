import {
  type Approval,
  hasApprover,
  inScope,
  recordAudit,
  requestApproval,
  type ScopedTx,
  takeApproval,
} from "@/lib/access";
import type { OrgScope, Scope } from "@/lib/access/shared";
import { err, ok, type Result } from "@/lib/kernel";
import { isId } from "@/lib/platform";
import {
  type AccountProvider,
  type AccountTexts,
  lastFourOf,
  parseAccount,
  parseAccountProvider,
} from "../core/account-form";
import type { Providers } from "../core/payment-provider";
import type { SaveAccountError } from "../errors";
import { endpointIdFor, sealCredentials } from "./credential-box";
import type { ProviderGear } from "./providers";

/** An account as staff see it: never a credential, only which one it is and since when. */
export type AccountView = {
  readonly endpointId: string;
  readonly provider: AccountProvider;
  readonly label: string;
  readonly lastFour: string;
  /** Waiting: for a second person. Off: nobody is sent there, what was begun is still asked. */
  readonly state: "waiting" | "active" | "off";
  readonly changedAt: Date;
  readonly changedBy: string;
};

const SEALING_VERSION = 1;
const MOST_ACCOUNTS = 50;
const LONGEST_LABEL = 60;

/**
 * Adds an account with a provider and an endpoint for it. Credentials are never changed: new ones
 * are a new account. Where somebody else could approve it, it waits until they have.
 */
export async function addAccount(
  scope: OrgScope,
  added: {
    readonly provider: AccountProvider;
    readonly label: string;
    readonly typed: AccountTexts;
    readonly gear: Gear;
    readonly now: Date;
  },
): Promise<Result<{ readonly endpointId: string; readonly isWaiting: boolean }, SaveAccountError>> {
  const { provider, typed, gear, now } = added;
  const { organizationId, userId } = scope;
  const label = added.label.trim().slice(0, LONGEST_LABEL);
  const parsed = parseAccount(provider, typed);
  if (label === "" || "code" in parsed) {
    const fields = "code" in parsed ? parsed.fields : [];
    return err({ code: "invalid", fields: label === "" ? ["label", ...fields] : fields });
  }
  const lastFour = lastFourOf(parsed.secrets);
  const shown = { provider, label, lastFour };
  return inScope(scope, async (tx) => {
    const endpointId = await nextEndpointId(tx, { provider, gear });
    const name = { organizationId, endpointId, version: SEALING_VERSION };
    const { nonce, sealed } = sealCredentials(gear.credentialKey, name, parsed.secrets);
    const isWaiting = await hasApprover(tx, "payout-account", now);
    await tx.db.paymentEndpoint.createMany({
      data: [{ id: endpointId, belongsTo: organizationId, provider }],
    });
    await tx.db.paymentAccount.createMany({
      data: [
        {
          ...name,
          ...shown,
          settings: parsed.settings,
          nonce: Uint8Array.from(nonce),
          sealed: Uint8Array.from(sealed),
          state: isWaiting ? "waiting" : "active",
          changedAt: now,
          changedBy: userId,
        },
      ],
    });
    const after = { provider, name: label, lastFour };
    await audit(tx, { action: "payment-account.added", endpointId, after, now });
    if (isWaiting) {
      await requestApproval(tx, {
        kind: "payout-account",
        subjectKind: "payment-endpoint",
        subjectId: endpointId,
        buildingId: null,
        request: shown,
        reason: label,
        now,
      });
    }
    return ok({ endpointId, isWaiting });
  });
}

type Gear = Pick<ProviderGear, "credentialKey">;

async function nextEndpointId(
  tx: ScopedTx,
  { provider, gear }: { readonly provider: AccountProvider; readonly gear: Gear },
): Promise<string> {
  const { organizationId } = tx.scope;
  const place = await tx.db.paymentAccount.count({ where: { organizationId, provider } });
  return endpointIdFor(gear.credentialKey, { organizationId, provider, place });
}

/** Where the next account with a provider will be called, to be told to the provider first. */
export function findNextEndpoint(
  scope: OrgScope,
  next: { readonly provider: AccountProvider; readonly gear: Gear },
): Promise<string> {
  return inScope(scope, (tx) => nextEndpointId(tx, next));
}

/** What an approved account waited for: from now on payers are sent to it. */
export async function activateAccount(
  tx: ScopedTx<OrgScope>,
  { approval, now }: { readonly approval: Approval; readonly now: Date },
): Promise<void> {
  const { id: approvalId, subjectId, request } = approval;
  const taken = { approvalId, kind: "payout-account", subjectId, request, now } as const;
  if (!(await takeApproval(tx, taken)).ok) return;
  const moved = await move(tx, { endpointId: subjectId, from: ["waiting"], to: "active", now });
  if (moved) await audit(tx, { action: "payment-account.approved", endpointId: subjectId, now });
}

/** Sends nobody to an account any more. */
export function switchOffAccount(
  scope: OrgScope,
  { endpointId, now }: { readonly endpointId: string; readonly now: Date },
): Promise<Result<null, SaveAccountError>> {
  return inScope(scope, async (tx): Promise<Result<null, SaveAccountError>> => {
    const from = ["waiting", "active"];
    if (!isId(endpointId) || !(await move(tx, { endpointId, from, to: "off", now }))) {
      return err({ code: "not-found" });
    }
    await audit(tx, { action: "payment-account.switched-off", endpointId, now });
    return ok(null);
  });
}

async function move(
  tx: ScopedTx<OrgScope>,
  step: {
    readonly endpointId: string;
    readonly from: string[];
    readonly to: AccountView["state"];
    readonly now: Date;
  },
): Promise<boolean> {
  const { organizationId, userId } = tx.scope;
  const { endpointId, from, to, now } = step;
  const moved = await tx.db.paymentAccount.updateMany({
    where: { organizationId, endpointId, state: { in: from } },
    data: { state: to, changedAt: now, changedBy: userId },
  });
  return moved.count === 1;
}

/** Asks the provider whether an account's credentials open anything there. */
export async function testAccount(
  scope: OrgScope,
  test: { readonly endpointId: string; readonly providers: Providers; readonly now: Date },
): Promise<"accepted" | "refused" | "away" | "not-found"> {
  const { endpointId, providers, now } = test;
  const { organizationId } = scope;
  const provider = isId(endpointId) ? await providers({ organizationId, endpointId }) : null;
  if (!provider?.testCredentials) return "not-found";
  return provider.testCredentials(now).catch(() => "away" as const);
}

/** An organization's accounts, the newest first. */
export async function listAccounts(scope: Scope): Promise<readonly AccountView[]> {
  const { organizationId } = scope;
  const rows = await inScope(scope, (tx) =>
    tx.db.paymentAccount.findMany({
      where: { organizationId },
      select: {
        endpointId: true,
        provider: true,
        label: true,
        lastFour: true,
        state: true,
        changedAt: true,
        changedBy: true,
      },
      orderBy: [{ changedAt: "desc" }, { endpointId: "desc" }],
      take: MOST_ACCOUNTS,
    }),
  );
  return rows.flatMap((row) => {
    const provider = parseAccountProvider(row.provider);
    return provider ? [{ ...row, provider, state: row.state as AccountView["state"] }] : [];
  });
}

async function audit(
  tx: ScopedTx,
  step: {
    readonly action:
      | "payment-account.added"
      | "payment-account.approved"
      | "payment-account.switched-off";
    readonly endpointId: string;
    readonly after?: Readonly<Record<string, string>>;
    readonly now: Date;
  },
): Promise<void> {
  const { action, endpointId, after, now } = step;
  await recordAudit(tx, {
    at: now,
    action,
    subjectKind: "payment-endpoint",
    subjectId: endpointId,
    detail: {},
    ...(after ? { after } : {}),
  });
}
