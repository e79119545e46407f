import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import type {
  NewCheckout,
  PaymentProvider,
  ProviderAnswer,
  ProviderCall,
  ProviderEvent,
  RefundAnswer,
} from "../core/payment-provider";
import type { CallFault } from "../errors";
import { askJson } from "./ask-json";

// Paystack by its documented API (paystack.com/docs/api): initialize, verify, refund, and calls
// signed with HMAC-SHA-512 under the secret key. Its reference of a transaction is our attempt's
// id, so that one attempt can never be two transactions. What channel somebody paid by is not read.

export const PAYSTACK = "paystack";
export const PAYSTACK_API = "https://api.paystack.co";

export type PaystackAccount = {
  readonly secretKey: string;
  /** Paystack wants an address for each payment; a guest gives none, so the landlord's is told. */
  readonly receiptEmail: string;
  readonly siteUrl: string;
  readonly api: string;
};

const amountForm = z.int().nonnegative().transform(BigInt);
const currencyForm = z.string().regex(/^[A-Z]{3}$/);
const startedForm = z.object({ data: z.object({ authorization_url: z.url() }) });
const verifiedForm = z.object({
  data: z.object({
    id: z.int(),
    status: z.string(),
    reference: z.string(),
    amount: amountForm,
    currency: currencyForm,
  }),
});
const refundForm = z.object({ status: z.string() });
const refundsForm = z.object({ data: z.array(refundForm) });

export function paystackProvider(account: PaystackAccount): PaymentProvider {
  const ask = asking(account);
  return {
    name: PAYSTACK,
    startCheckout: (checkout) => startCheckout(account, checkout),
    findCheckout: ({ attemptId }) => verify(account, attemptId).then(({ answer }) => answer),
    refund: ({ attemptId }) => refund(account, attemptId),
    readCall: (call) => readCall(account, call),
    testCredentials: async () => {
      const { status } = await ask("GET", "/transaction?perPage=1");
      return status === 200 ? "accepted" : "refused";
    },
  };
}

function asking({ api, secretKey }: PaystackAccount) {
  return async (method: "GET" | "POST", path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${secretKey}` };
    const url = new URL(path, api);
    const answer = await askJson(url, { method, headers, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 500 || answer.status === 429) throw new Error("Paystack is away");
    return answer;
  };
}

async function startCheckout(account: PaystackAccount, checkout: NewCheckout) {
  const { attemptId, amountMinor, currency, returnPath, checkoutReference } = checkout;
  // A second start would be refused for its reference: the first one's page still stands.
  if (checkoutReference) return { checkoutPath: checkoutReference, checkoutReference };
  const { body } = await asking(account)("POST", "/transaction/initialize", {
    email: account.receiptEmail,
    amount: amountMinor.toString(),
    currency,
    reference: attemptId,
    callback_url: new URL(returnPath, account.siteUrl).href,
  });
  const { data } = startedForm.parse(body);
  return { checkoutPath: data.authorization_url, checkoutReference: data.authorization_url };
}

async function verify(
  account: PaystackAccount,
  reference: string,
): Promise<{ readonly answer: ProviderAnswer; readonly transactionId: number | null }> {
  const { status, body } = await asking(account)(
    "GET",
    `/transaction/verify/${encodeURIComponent(reference)}`,
  );
  // A reference that it does not know is answered as a bad request or as not found.
  if (status === 400 || status === 404) {
    return { answer: { status: "unknown" }, transactionId: null };
  }
  const { data } = verifiedForm.parse(body);
  if (data.reference !== reference) throw new Error("Paystack answered about something else");
  const { id: transactionId, amount: amountMinor, currency } = data;
  const receipt = { providerReference: reference, amountMinor, currency };
  switch (data.status) {
    case "success":
      return { answer: { status: "paid", ...receipt }, transactionId };
    case "reversed":
      return { answer: { status: "refunded", ...receipt }, transactionId };
    case "failed":
      return { answer: { status: "declined" }, transactionId };
    default:
      return { answer: { status: "open" }, transactionId };
  }
}

/** Whole, and once: a refund that was begun is looked for before another is asked for. */
async function refund(account: PaystackAccount, reference: string): Promise<RefundAnswer> {
  const { answer, transactionId } = await verify(account, reference);
  if (answer.status === "refunded") return "refunded";
  if (answer.status !== "paid" || transactionId === null) return "by-hand";
  const ask = asking(account);
  const begun = refundsForm.parse((await ask("GET", `/refund?transaction=${transactionId}`)).body);
  const stands = begun.data[0] ?? (await begin());
  switch (stands?.status) {
    case "processed":
      return "refunded";
    case "pending":
    case "processing":
      return "not-now";
    default:
      return "by-hand";
  }

  async function begin() {
    const { status, body } = await ask("POST", "/refund", { transaction: reference });
    return status < 300 ? z.object({ data: refundForm }).parse(body).data : null;
  }
}

const chargeForm = z.object({
  event: z.literal("charge.success"),
  data: z.object({ reference: z.guid(), amount: amountForm, currency: currencyForm }),
});
const disputeForm = z.object({
  event: z.enum(["charge.dispute.create", "charge.dispute.remind", "charge.dispute.resolve"]),
  data: z.object({
    id: z.union([z.int(), z.string()]).transform(String),
    resolution: z.string().nullish(),
    transaction: z.object({ reference: z.string(), amount: amountForm, currency: currencyForm }),
  }),
});

function readCall(
  { secretKey }: PaystackAccount,
  { rawBody, headers }: ProviderCall,
): Result<ProviderEvent, CallFault> {
  const signature = headers.get("x-paystack-signature");
  if (!signature) return err("signature-missing");
  const expected = createHmac("sha512", secretKey).update(rawBody, "utf8").digest();
  const given = /^[0-9a-f]{128}$/i.test(signature) ? Buffer.from(signature, "hex") : null;
  if (!given || !timingSafeEqual(given, expected)) return err("signature-wrong");
  const read = readJson(rawBody);
  if (!read.ok) return read;
  const charge = chargeForm.safeParse(read.value);
  if (charge.success) {
    const { reference: attemptId, amount: amountMinor, currency } = charge.data.data;
    const money = { amountMinor, currency, providerReference: attemptId };
    return ok({ kind: "checkout", attemptId, claim: "paid", money });
  }
  const dispute = disputeForm.safeParse(read.value);
  if (dispute.success) {
    const { id: disputeReference, resolution, transaction } = dispute.data.data;
    const isOver = dispute.data.event === "charge.dispute.resolve";
    const state = isOver ? (resolution === "declined" ? "won" : "lost") : "open";
    const { reference: providerReference, amount: amountMinor, currency } = transaction;
    const money = { amountMinor, currency };
    return ok({ kind: "dispute", providerReference, disputeReference, state, ...money });
  }
  const isEvent = z.object({ event: z.string() }).safeParse(read.value).success;
  return isEvent ? ok({ kind: "nothing" }) : err("malformed");
}

/** A body as JSON, after it was proved. */
export function readJson(rawBody: string): Result<unknown, "not-json"> {
  try {
    return ok(JSON.parse(rawBody) as unknown);
  } catch {
    return err("not-json");
  }
}
