import { loopback, type Said } from "./loopback";
import type { Town, TownCall } from "./town";

type Prompt = {
  readonly id: string;
  readonly amount: number;
  readonly path: readonly string[];
  result: string | null;
};

const CREDENTIALS = {
  consumerKey: "consumer-key-1234",
  consumerSecret: "consumer-secret",
  passkey: "pass-key-for-tests",
  shortCode: "174379",
  environment: "sandbox",
  addresses: "",
  initiatorName: "api",
  securityCredential: "c2VhbGVkIGJ5IFNhZmFyaWNvbQ==",
} as const;

const basic = ({ consumerKey, consumerSecret }: typeof CREDENTIALS) =>
  `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;

const refused = (errorCode: string, status = 400): Said => ({
  status,
  body: { requestId: "r", errorCode, errorMessage: "refused" },
});

/** Money that comes by itself, as Safaricom's calls speak of it. */
type PaybillCalls = {
  readonly money: (
    what: "offer" | "claim",
    about: {
      readonly id: string;
      readonly shillings: string;
      readonly account: string;
      /** Who is paid, where it is somebody else. */
      readonly payee?: string;
    },
  ) => TownCall;
  /** The answer to what we asked about a transaction, at the address that we gave; null unasked. */
  readonly answer: (about: {
    readonly id: string;
    readonly shillings: string;
    readonly status?: string;
    readonly payee?: string;
    /** What the question itself came to: "0" when it was answered. */
    readonly result?: string;
    readonly isForged?: boolean;
  }) => TownCall | null;
};

/**
 * Daraja as Safaricom documents it: OAuth, STK push and its query, paybill's calls and the question
 * what became of a transaction; calls without a signature.
 */
export async function openDaraja(): Promise<Town & { readonly paybill: PaybillCalls }> {
  const books = new Map<string, Prompt>();
  const questions = new Map<string, readonly string[]>();
  const registered = new Map<string, readonly string[]>();
  const restOf = (url: string) => new URL(url).pathname.split("/").slice(5);
  let prompts = 0;
  const isPassword = (asked: Record<string, unknown>) => {
    const { shortCode, passkey } = CREDENTIALS;
    const password = Buffer.from(`${shortCode}${passkey}${asked.Timestamp}`).toString("base64");
    return asked.Password === password && asked.BusinessShortCode === shortCode;
  };
  const server = await loopback(({ path, query, header, text }) => {
    if (path === "/oauth/v1/generate") {
      const isAsked = query.get("grant_type") === "client_credentials";
      return isAsked && header("authorization") === basic(CREDENTIALS)
        ? { body: { access_token: "token", expires_in: "3599" } }
        : refused("400.008.01");
    }
    if (header("authorization") !== "Bearer token") return refused("404.001.03", 401);
    const asked = JSON.parse(text);
    if (!isPassword(asked)) return refused("500.001.1001");
    if (path === "/mpesa/c2b/v2/registerurl") {
      registered.set("offer", restOf(asked.ValidationURL));
      registered.set("claim", restOf(asked.ConfirmationURL));
      return { body: { ResponseCode: "0" } };
    }
    if (path === "/mpesa/transactionstatus/v1/query") {
      questions.set(asked.TransactionID, restOf(asked.ResultURL));
      return { body: { ResponseCode: "0" } };
    }
    if (path === "/mpesa/stkpush/v1/processrequest") {
      if (!/^254[17]\d{8}$/.test(asked.PartyA)) return refused("400.002.02");
      if (!Number.isInteger(asked.Amount) || asked.AccountReference.length > 12) {
        return refused("400.002.02");
      }
      const rest = restOf(asked.CallBackURL);
      prompts += 1;
      const id = `ws_CO_${prompts}_${rest.at(-1)}`;
      books.set(rest.at(-1) ?? "", { id, amount: asked.Amount, path: rest, result: null });
      const said = { MerchantRequestID: "m", CheckoutRequestID: id, ResponseCode: "0" };
      return { body: said };
    }
    const found = [...books.values()].find(({ id }) => id === asked.CheckoutRequestID);
    if (!found) return refused("404.001.01", 404);
    // While the prompt stands before the payer, the query is answered as an error.
    if (found.result === null) return refused("500.001.1001", 500);
    const { id, result } = found;
    return { body: { ResponseCode: "0", CheckoutRequestID: id, ResultCode: result } };
  });
  const require = (attemptId: string) => {
    const found = books.get(attemptId);
    if (!found) throw new Error("no such prompt");
    return found;
  };
  return {
    ...server,
    provider: "mpesa",
    typed: CREDENTIALS,
    pay: (attemptId) => {
      require(attemptId).result = "0";
    },
    decline: (attemptId) => {
      require(attemptId).result = "1032";
    },
    call: (attemptId, { claim = "paid", isForged = false, amountMinor }) => {
      const { id, amount, path } = require(attemptId);
      const Value = amountMinor === undefined ? amount : Number(amountMinor) / 100;
      const Item = [
        { Name: "Amount", Value },
        { Name: "MpesaReceiptNumber", Value: "NLJ7RT61SV" },
      ];
      const stkCallback =
        claim === "paid"
          ? { CheckoutRequestID: id, ResultCode: 0, CallbackMetadata: { Item } }
          : { CheckoutRequestID: id, ResultCode: 1032 };
      return {
        rawBody: JSON.stringify({ Body: { stkCallback } }),
        headers: new Headers(),
        path: isForged ? ["guessed", ...path.slice(1)] : path,
      };
    },
    dispute: () => null,
    paybill: {
      money: (what, { id, shillings, account, payee = CREDENTIALS.shortCode }) => ({
        rawBody: JSON.stringify({
          TransactionType: "Pay Bill",
          ...{ TransID: id, TransAmount: shillings, BillRefNumber: account },
          ...{ BusinessShortCode: payee, FirstName: "Jane" },
        }),
        headers: new Headers(),
        path: registered.get(what) ?? [],
      }),
      answer: ({ id, shillings, isForged = false, ...about }) => {
        const path = questions.get(id);
        if (!path) return null;
        const { status = "Completed", payee = CREDENTIALS.shortCode, result = "0" } = about;
        const ResultParameter = [
          { Key: "ReceiptNo", Value: id },
          { Key: "Amount", Value: shillings },
          { Key: "TransactionStatus", Value: status },
          { Key: "CreditPartyName", Value: `${payee} - Acacia Homes` },
        ];
        const Result =
          result === "0"
            ? { ResultCode: 0, ResultParameters: { ResultParameter } }
            : { ResultCode: result, ResultDesc: "not found" };
        const told = isForged ? [...path.slice(0, -1), "guessed"] : path;
        return { rawBody: JSON.stringify({ Result }), headers: new Headers(), path: told };
      },
    },
    count: () => ({ checkouts: prompts, refunds: 0 }),
  };
}
