import { z } from "zod";
import { inScope, systemScope } from "@/lib/access";
import { assert, err, ok, type Result } from "@/lib/kernel";
import {
  type Attempt,
  type CallFault,
  endpointSecret,
  type NewCheckout,
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderCall,
  type ProviderEvent,
  SIGNATURE_HEADER,
  verifyWebhook,
} from "@/lib/payments";
import { newId } from "@/lib/platform";
import { checkoutStateAt } from "../core/checkout-state";
import { findCheckoutRow, hasMoneyAt } from "./checkout-rows";
import { requirePractice } from "./require-practice";

/** Its name in endpoints, payments and addresses. */
export const PRACTICE_PROVIDER = "practice";

/**
 * A provider of practice money: a port like any other, over books of its own. It answers only when
 * asked; `sendCallback` is how it speaks first, and `masterSecret` is what its calls are proved by,
 * for the process that takes them. Throws in a production installation.
 */
export function practiceProvider(masterSecret?: string): PaymentProvider {
  const port = { name: PRACTICE_PROVIDER, startCheckout, findCheckout, refund };
  if (masterSecret === undefined) return port;
  return { ...port, readCall: (call) => readCall(masterSecret, call) };
}

const claimForm = z.object({
  attemptId: z.guid(),
  status: z.enum(["paid", "declined"]),
  providerReference: z.string().min(1).max(200),
  amountMinor: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** A call is signed with its endpoint's own secret, which the path names. */
function readCall(
  masterSecret: string,
  { rawBody, headers, path, now }: ProviderCall,
): Result<ProviderEvent, CallFault> {
  const [endpointId = ""] = path;
  const secret = endpointSecret(masterSecret, endpointId);
  const signature = headers.get(SIGNATURE_HEADER);
  const verified = verifyWebhook({ rawBody, secret, now, signature });
  if (!verified.ok) return verified;
  const parsed = claimForm.safeParse(verified.value);
  if (!parsed.success) return err("malformed");
  const { attemptId, status: claim, ...money } = parsed.data;
  return ok({ kind: "checkout", attemptId, claim, ...(claim === "paid" ? { money } : {}) });
}

const ownScope = ({ organizationId }: Attempt) => systemScope(organizationId, "practice provider");

async function startCheckout(checkout: NewCheckout): Promise<{ readonly checkoutPath: string }> {
  await requirePractice();
  const { organizationId, endpointId, attemptId, amountMinor, currency, payee, now } = checkout;
  const { returnPath } = checkout;
  assert(/^\/(?!\/)/.test(returnPath), "a checkout sends back to a path of ours");
  const stands = await inScope(ownScope(checkout), async (tx) => {
    await tx.db.practiceCheckout.createMany({
      data: [
        {
          organizationId,
          id: newId(),
          endpointId,
          attemptId,
          status: "open",
          amountMinor,
          currency,
          payee,
          returnPath,
          createdAt: now,
        },
      ],
      skipDuplicates: true,
    });
    return findCheckoutRow(tx, { attemptId });
  });
  assert(stands?.endpointId === endpointId, "an attempt has one checkout, at its endpoint");
  assert(
    stands.amountMinor === amountMinor && stands.currency === currency,
    "an attempt is for one amount",
  );
  return { checkoutPath: `/practice/checkout/${endpointId}/${stands.id}` };
}

async function findCheckout(attempt: Attempt & { readonly now: Date }): Promise<ProviderAnswer> {
  await requirePractice();
  const { endpointId, attemptId, now } = attempt;
  const row = await inScope(ownScope(attempt), (tx) => findCheckoutRow(tx, { attemptId }));
  if (row?.endpointId !== endpointId) return { status: "unknown" };
  const state = checkoutStateAt(row, now);
  switch (state) {
    case "paid":
    case "refunded": {
      const { id, amountMinor, currency } = row;
      return { status: state, providerReference: id, amountMinor, currency };
    }
    case "declined":
      return { status: "declined" };
    case "open":
    case "pending":
      return { status: "open" };
  }
}

async function refund(attempt: Attempt & { readonly now: Date }): Promise<"refunded" | "not-now"> {
  await requirePractice();
  const { organizationId, endpointId, attemptId, now } = attempt;
  return inScope(ownScope(attempt), async (tx) => {
    await tx.db.practiceCheckout.updateMany({
      where: { organizationId, endpointId, attemptId, ...hasMoneyAt(now) },
      data: { status: "refunded" },
    });
    const row = await findCheckoutRow(tx, { attemptId });
    return row?.endpointId === endpointId && row.status === "refunded" ? "refunded" : "not-now";
  });
}
