import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { assert, err, ok, type Result } from "@/lib/kernel";
import {
  darajaPhone,
  darajaResult,
  darajaTimestamp,
  promptReference,
  refusedByDaraja,
} from "../core/daraja-form";
import {
  type AskedAttempt,
  CheckoutRefused,
  type NewCheckout,
  type PaymentProvider,
  type ProviderAnswer,
  type ProviderCall,
  type ProviderEvent,
  type StartedCheckout,
} from "../core/payment-provider";
import type { CallFault } from "../errors";
import { askJson } from "./ask-json";
import { askStatus, readPaybill, registerPaybill, takesPaybill } from "./daraja-paybill";
import { readJson } from "./paystack";

// M-Pesa by Safaricom's Daraja: a prompt on the payer's phone (STK push). Its calls carry no
// signature. So the address they come to holds a secret that Safaricom alone was told, they may be
// limited to its addresses, and nothing they say is believed before the prompt's status was asked.

export const MPESA = "mpesa";
export const DARAJA_API = "https://api.safaricom.co.ke";

export type DarajaAccount = {
  readonly endpointId: string;
  readonly shortCode: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly passkey: string;
  /** Both empty where the account takes no money that comes by itself. */
  readonly initiatorName: string;
  readonly securityCredential: string;
  /** What only Safaricom was told when it was asked about a claim. */
  readonly claimSecret: (claimId: string) => string;
  /** Whom calls are taken from; empty where the secret address is enough. */
  readonly addresses: readonly string[];
  readonly pathSecret: string;
  readonly siteUrl: string;
  readonly api: string;
};

const startedForm = z.object({
  ResponseCode: z.union([z.string(), z.number()]).transform(String),
  CheckoutRequestID: z.string().min(1).max(200),
});
const queriedForm = z.object({
  CheckoutRequestID: z.string(),
  ResultCode: z.union([z.string(), z.number()]),
});
const tokenForm = z.object({ access_token: z.string().min(1) });
const calledForm = z.object({
  Body: z.object({
    stkCallback: z.object({
      CheckoutRequestID: z.string().min(1).max(200),
      ResultCode: z.union([z.string(), z.number()]),
      CallbackMetadata: z
        .object({
          Item: z.array(
            z.object({ Name: z.string(), Value: z.union([z.string(), z.number()]).optional() }),
          ),
        })
        .optional(),
    }),
  }),
});

export function darajaProvider(account: DarajaAccount): PaymentProvider {
  const asks = (path: string, now: Date, body: object) => post(account, path, now, body);
  return {
    name: MPESA,
    readPhone: darajaPhone,
    refusedAmount: refusedByDaraja,
    startCheckout: (checkout) => prompt(account, checkout),
    findCheckout: (attempt) => query(account, attempt),
    // A reversal needs an initiator's password and is answered later; a person sends it back.
    refund: async () => "by-hand",
    readCall: (call) => readCall(account, call),
    ...(takesPaybill(account)
      ? { askClaim: (claim) => askStatus(account, { ...claim, post: asks }) }
      : {}),
    testCredentials: async (now) => {
      if (!(await tokenOf(account))) return "refused";
      if (takesPaybill(account)) await registerPaybill(account, { post: asks, now });
      return "accepted";
    },
  };
}

async function tokenOf(account: DarajaAccount): Promise<string | null> {
  const { api, consumerKey, consumerSecret } = account;
  const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64");
  const url = new URL("/oauth/v1/generate?grant_type=client_credentials", api);
  const headers = { authorization: `Basic ${basic}` };
  const { status, body } = await askJson(url, { method: "GET", headers });
  if (status >= 500 || status === 429) throw new Error("Daraja is away");
  const parsed = tokenForm.safeParse(body);
  return status === 200 && parsed.success ? parsed.data.access_token : null;
}

async function post(account: DarajaAccount, path: string, now: Date, body: object) {
  const token = await tokenOf(account);
  if (token === null) throw new Error("Daraja refuses our credentials");
  const { api, shortCode, passkey } = account;
  const timestamp = darajaTimestamp(now);
  const password = Buffer.from(`${shortCode}${passkey}${timestamp}`).toString("base64");
  return askJson(new URL(path, api), {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: { BusinessShortCode: shortCode, Password: password, Timestamp: timestamp, ...body },
  });
}

/** Where Safaricom tells us of a prompt. */
const callbackUrl = ({ siteUrl, endpointId, pathSecret }: DarajaAccount, attemptId: string) =>
  new URL(`/api/webhooks/in/${endpointId}/${pathSecret}/${attemptId}`, siteUrl).href;

async function prompt(account: DarajaAccount, checkout: NewCheckout): Promise<StartedCheckout> {
  const { attemptId, amountMinor, currency, payerPhone, returnPath, now } = checkout;
  const phone = darajaPhone(payerPhone ?? "");
  assert(phone, "a prompt goes to a number that was checked");
  assert(currency === "KES" && amountMinor % 100n === 0n, "prompts are for whole shillings");
  const { status, body } = await post(account, "/mpesa/stkpush/v1/processrequest", now, {
    TransactionType: "CustomerPayBillOnline",
    Amount: Number(amountMinor / 100n),
    PartyA: phone,
    PartyB: account.shortCode,
    PhoneNumber: phone,
    CallBackURL: callbackUrl(account, attemptId),
    AccountReference: promptReference(attemptId),
    TransactionDesc: "Electricity",
  });
  const started = startedForm.safeParse(body);
  if (status === 200 && started.success && started.data.ResponseCode === "0") {
    return { checkoutPath: returnPath, checkoutReference: started.data.CheckoutRequestID };
  }
  // Refused outright; a 5xx may have sent the prompt all the same, and is an outage.
  if (status < 500) throw new CheckoutRefused("Daraja did not take the prompt");
  throw new Error("Daraja is away");
}

async function query(account: DarajaAccount, attempt: AskedAttempt): Promise<ProviderAnswer> {
  const { checkoutReference, asked, now } = attempt;
  if (!checkoutReference) return { status: "unknown" };
  assert(asked, "Daraja does not repeat the amount: it is what the prompt was for");
  const { status, body } = await post(account, "/mpesa/stkpushquery/v1/query", now, {
    CheckoutRequestID: checkoutReference,
  });
  const queried = queriedForm.safeParse(body);
  if (!queried.success) {
    // While the payer has the prompt before them, the query is answered as an error.
    const code = z.object({ errorCode: z.string() }).safeParse(body);
    if (code.success && code.data.errorCode === "500.001.1001") return { status: "open" };
    throw new Error(`Daraja answers a query with ${status}`);
  }
  if (queried.data.CheckoutRequestID !== checkoutReference) {
    throw new Error("Daraja answered about something else");
  }
  const result = darajaResult(queried.data.ResultCode);
  if (result !== "paid") return { status: result };
  return { status: "paid", providerReference: checkoutReference, ...asked };
}

function readCall(
  account: DarajaAccount,
  { rawBody, headers, path }: ProviderCall,
): Result<ProviderEvent, CallFault> {
  const [secret = "", attemptId = ""] = path;
  const given = Buffer.from(secret);
  const expected = Buffer.from(account.pathSecret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return err("signature-wrong");
  }
  const from = (headers.get("x-forwarded-for") ?? "").split(",").at(-1)?.trim() ?? "";
  if (account.addresses.length > 0 && !account.addresses.includes(from)) {
    return err("signature-wrong");
  }
  const read = readJson(rawBody);
  if (!read.ok) return read;
  const paybill = takesPaybill(account) ? readPaybill(account, path.slice(1), read.value) : null;
  if (paybill) return paybill;
  const called = calledForm.safeParse(read.value);
  if (!called.success || !z.guid().safeParse(attemptId).success) return err("malformed");
  const { CheckoutRequestID, ResultCode, CallbackMetadata } = called.data.Body.stkCallback;
  const result = darajaResult(ResultCode);
  if (result === "open") return ok({ kind: "nothing" });
  const amount = CallbackMetadata?.Item.find(({ Name }) => Name === "Amount")?.Value;
  const shillings = Number(amount);
  const money = Number.isSafeInteger(shillings * 100)
    ? { amountMinor: BigInt(shillings * 100), currency: "KES" }
    : {};
  return ok({
    kind: "checkout",
    attemptId,
    claim: result,
    checkoutReference: CheckoutRequestID,
    money,
  });
}
