import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel";
import { centsOf } from "../core/daraja-form";
import type { PaybillMoney, ProviderEvent } from "../core/payment-provider";
import type { CallFault } from "../errors";
import type { Answered } from "./ask-json";

// Paybill by Daraja (C2B): Safaricom asks whether money may come, tells that it came, and answers
// later what it was asked about. All three are calls without a signature: the first two come to the
// endpoint's secret address and are only asked about; the third comes to an address that nobody but
// Safaricom was told, in the question itself.

type Account = {
  readonly endpointId: string;
  readonly shortCode: string;
  readonly initiatorName: string;
  readonly securityCredential: string;
  readonly pathSecret: string;
  readonly claimSecret: (claimId: string) => string;
  readonly siteUrl: string;
};
/** Asks Daraja with the account's credentials. */
type Post = (path: string, now: Date, body: object) => Promise<Answered>;

/** True where somebody can ask what became of a transaction; else no such money is taken. */
export function takesPaybill({
  initiatorName,
  securityCredential,
}: Pick<Account, "initiatorName" | "securityCredential">): boolean {
  return initiatorName !== "" && securityCredential !== "";
}

const addressOf = ({ siteUrl, endpointId, pathSecret }: Account, rest: string) =>
  new URL(`/api/webhooks/in/${endpointId}/${pathSecret}/${rest}`, siteUrl).href;

/** Tells Safaricom where to ask and to tell; money comes only when we have said that it may. */
export async function registerPaybill(
  account: Account,
  { post, now }: { readonly post: Post; readonly now: Date },
): Promise<void> {
  await post("/mpesa/c2b/v2/registerurl", now, {
    ShortCode: account.shortCode,
    ResponseType: "Cancelled",
    ValidationURL: addressOf(account, "offer"),
    ConfirmationURL: addressOf(account, "claim"),
  });
}

/** Asks what became of a transaction. The answer is a call to an address made for this question. */
export async function askStatus(
  account: Account,
  claim: {
    readonly claimId: string;
    readonly providerReference: string;
    readonly now: Date;
    readonly post: Post;
  },
): Promise<void> {
  const { claimId, providerReference, now, post } = claim;
  const address = addressOf(account, `answer/${claimId}/${account.claimSecret(claimId)}`);
  const { status } = await post("/mpesa/transactionstatus/v1/query", now, {
    Initiator: account.initiatorName,
    SecurityCredential: account.securityCredential,
    CommandID: "TransactionStatusQuery",
    TransactionID: providerReference,
    PartyA: account.shortCode,
    IdentifierType: "4",
    ResultURL: address,
    QueueTimeOutURL: address,
    Remarks: "Electricity",
    Occasion: claimId,
  });
  if (status !== 200) throw new Error("Daraja did not take the question");
}

const moneyForm = z.object({
  TransID: z.string().min(1).max(50),
  TransAmount: z.union([z.string(), z.number()]),
  BusinessShortCode: z.union([z.string(), z.number()]).transform(String),
  BillRefNumber: z.string().max(100).default(""),
  FirstName: z.string().max(100).optional(),
});
const answerForm = z.object({
  Result: z.object({
    ResultCode: z.union([z.string(), z.number()]).transform(String),
    ResultParameters: z
      .object({
        ResultParameter: z.array(
          z.object({ Key: z.string(), Value: z.union([z.string(), z.number()]).optional() }),
        ),
      })
      .optional(),
  }),
});

/** Null for a call that is about no paybill. */
export function readPaybill(
  account: Account,
  path: readonly string[],
  body: unknown,
): Result<ProviderEvent, CallFault> | null {
  const [what, claimId = "", secret = ""] = path;
  if (what === "answer") return readAnswer(account, { claimId, secret, body });
  if (what !== "offer" && what !== "claim") return null;
  const money = readMoney(account, body);
  return money ? ok({ kind: what, ...money }) : err("malformed");
}

function readMoney({ shortCode }: Account, body: unknown): PaybillMoney | null {
  const parsed = moneyForm.safeParse(body);
  if (!parsed.success || parsed.data.BusinessShortCode !== shortCode) return null;
  const { TransID, TransAmount, BillRefNumber, FirstName } = parsed.data;
  const amountMinor = centsOf(TransAmount);
  if (!amountMinor) return null;
  const payer = FirstName ? { payer: FirstName } : {};
  return {
    ...{ providerReference: TransID, amountMinor, currency: "KES" },
    account: BillRefNumber,
    ...payer,
  };
}

function readAnswer(
  account: Account,
  told: { readonly claimId: string; readonly secret: string; readonly body: unknown },
): Result<ProviderEvent, CallFault> {
  const { claimId, secret, body } = told;
  const given = Buffer.from(secret);
  const expected = Buffer.from(account.claimSecret(claimId));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return err("signature-wrong");
  }
  const parsed = answerForm.safeParse(body);
  if (!parsed.success) return err("malformed");
  const { ResultCode, ResultParameters } = parsed.data.Result;
  const said = new Map(
    (ResultParameters?.ResultParameter ?? []).map(({ Key, Value }) => [Key, Value]),
  );
  const unclear = ok({
    kind: "claim-answer",
    claimId,
    answer: { status: "unclear" },
  } as const);
  if (ResultCode !== "0") return unclear;
  const status = String(said.get("TransactionStatus") ?? "");
  if (/^(?:cancelled|declined|expired|failed)$/i.test(status)) {
    return ok({ kind: "claim-answer", claimId, answer: { status: "denied" } });
  }
  const amountMinor = centsOf(said.get("Amount"));
  const providerReference = String(said.get("ReceiptNo") ?? "");
  // "174379 - Acacia Homes": who was paid, by number and name.
  const [payee] = /^\d+/.exec(String(said.get("CreditPartyName") ?? "")) ?? [];
  const isOurs = payee === account.shortCode;
  if (status !== "Completed" || !amountMinor || providerReference === "" || !isOurs) {
    return unclear;
  }
  const receipt = { providerReference, amountMinor, currency: "KES" };
  return ok({ kind: "claim-answer", claimId, answer: { status: "confirmed", ...receipt } });
}
