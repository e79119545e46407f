import { createHmac } from "node:crypto";
import { loopback, type Said } from "./loopback";
import type { Town } from "./town";

const SECRET = "sk_test_paystack1234";

type Transaction = {
  readonly id: number;
  readonly asked: number;
  readonly currency: string;
  amount: number;
  status: string;
  refund: string | null;
};

/** Paystack as its documentation has it (paystack.com/docs/api): initialize, verify, refund. */
export async function openPaystack(): Promise<Town> {
  const books = new Map<string, Transaction>();
  let refunds = 0;
  const failed = (message: string): Said => ({ status: 400, body: { status: false, message } });
  const server = await loopback(({ method, path, query, header, text }) => {
    if (header("authorization") !== `Bearer ${SECRET}`) {
      return { status: 401, body: { status: false, message: "Invalid key" } };
    }
    if (path === "/transaction") return { body: { status: true, data: [] } };
    if (path === "/transaction/initialize") {
      const asked = JSON.parse(text);
      if (books.has(asked.reference)) return failed("Duplicate Transaction Reference");
      const amount = Number(asked.amount);
      const { currency, reference } = asked;
      const begun = { id: books.size + 1, asked: amount, amount, currency };
      books.set(reference, { ...begun, status: "abandoned", refund: null });
      const authorization_url = `https://checkout.paystack.com/${reference}`;
      return { body: { status: true, data: { authorization_url, access_code: "a", reference } } };
    }
    if (path.startsWith("/transaction/verify/")) {
      const reference = decodeURIComponent(path.slice("/transaction/verify/".length));
      const found = books.get(reference);
      if (!found) return failed("Transaction reference not found");
      const { id, status, amount, currency } = found;
      return { body: { status: true, data: { id, status, amount, currency, reference } } };
    }
    if (path === "/refund" && method === "GET") {
      const one = [...books.values()].find(({ id }) => String(id) === query.get("transaction"));
      return { body: { status: true, data: one?.refund ? [{ status: one.refund }] : [] } };
    }
    if (path === "/refund") {
      const one = books.get(JSON.parse(text).transaction);
      if (one?.status !== "success" || one.refund) return failed("Transaction has been reversed");
      refunds += 1;
      one.refund = "pending";
      // It is processed by the time somebody asks again.
      setTimeout(() => {
        one.refund = "processed";
      }, 0);
      return { body: { status: true, data: { status: "pending" } } };
    }
    return { status: 404, body: {} };
  });
  const require = (attemptId: string) => {
    const found = books.get(attemptId);
    if (!found) throw new Error("no such transaction");
    return found;
  };
  const sign = (event: object, isForged = false) => {
    const rawBody = JSON.stringify(event);
    const mac = createHmac("sha512", isForged ? "sk_test_somebody" : SECRET).update(rawBody);
    const headers = new Headers({ "x-paystack-signature": mac.digest("hex") });
    return { rawBody, headers, path: [] };
  };
  return {
    ...server,
    provider: "paystack",
    typed: { secretKey: SECRET, receiptEmail: "books@example.org" },
    pay: (attemptId, change) => {
      const one = require(attemptId);
      one.status = "success";
      if (change) one.amount = Number(change.amountMinor);
    },
    decline: (attemptId) => {
      require(attemptId).status = "failed";
    },
    call: (attemptId, { claim = "paid", isForged, amountMinor }) => {
      const { currency, amount, id } = require(attemptId);
      const data = { id, reference: attemptId, currency, amount: Number(amountMinor ?? amount) };
      return sign({ event: claim === "paid" ? "charge.success" : "charge.failed", data }, isForged);
    },
    dispute: (attemptId, { disputeReference, state }) => {
      const { amount, currency } = require(attemptId);
      const resolution =
        state === "open" ? null : state === "won" ? "declined" : "merchant-accepted";
      const transaction = { reference: attemptId, amount, currency };
      const event = state === "open" ? "charge.dispute.create" : "charge.dispute.resolve";
      return sign({ event, data: { id: disputeReference, resolution, transaction } });
    },
    count: () => ({ checkouts: books.size, refunds }),
  };
}
