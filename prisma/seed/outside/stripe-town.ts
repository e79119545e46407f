import Stripe from "stripe";
import { loopback, type Said } from "./loopback";
import type { Town } from "./town";

const KEY = "sk_test_stripe123456";
const WEBHOOK = "whsec_stripe123456";

type Session = {
  readonly id: string;
  readonly attemptId: string;
  readonly intent: string;
  readonly currency: string;
  readonly asked: number;
  amount: number;
  status: "open" | "complete" | "expired";
  isPaid: boolean;
  isRefunded: boolean;
};

const missing = (code: string, message: string): Said => ({
  status: 400,
  body: { error: { type: "invalid_request_error", code, message } },
});

const NOT_YET = "no such payment intent";

/** Stripe as its documentation has it: Checkout Sessions, refunds, events signed with a time. */
export async function openStripe(): Promise<Town> {
  const books = new Map<string, Session>();
  const answered = new Map<string, Said>();
  let refunds = 0;
  const shown = (one: Session) => ({
    object: "checkout.session",
    id: one.id,
    url: `https://checkout.stripe.com/c/pay/${one.id}`,
    client_reference_id: one.attemptId,
    status: one.status,
    payment_status: one.isPaid ? "paid" : "unpaid",
    amount_total: one.amount,
    currency: one.currency,
    payment_intent: one.isPaid
      ? { object: "payment_intent", id: one.intent, latest_charge: { refunded: one.isRefunded } }
      : null,
  });
  const bySession = (id: string) => [...books.values()].find((one) => one.id === id);
  const open = (form: URLSearchParams): Said => {
    const attemptId = form.get("client_reference_id") ?? "";
    const price = "line_items[0][price_data]";
    const amount = Number(form.get(`${price}[unit_amount]`));
    const number = books.size + 1;
    const one: Session = {
      id: `cs_test_${attemptId}`,
      attemptId,
      intent: `pi_${attemptId}_${number}`,
      currency: form.get(`${price}[currency]`) ?? "",
      ...{ asked: amount, amount, status: "open", isPaid: false, isRefunded: false },
    };
    books.set(attemptId, one);
    return { body: shown(one) };
  };
  const giveBack = (form: URLSearchParams): Said => {
    const one = [...books.values()].find(({ intent }) => intent === form.get("payment_intent"));
    if (!one?.isPaid) return missing("resource_missing", NOT_YET);
    if (one.isRefunded) return missing("charge_already_refunded", "already refunded");
    if (form.has("amount")) return missing("parameter_invalid", "partial, which nobody asks for");
    refunds += 1;
    one.isRefunded = true;
    return { body: { object: "refund", id: "re_1", status: "succeeded" } };
  };
  const server = await loopback(({ method, path, header, text }) => {
    if (header("authorization") !== `Bearer ${KEY}`) {
      const error = { type: "invalid_request_error", message: "Invalid API Key" };
      return { status: 401, body: { error } };
    }
    const key = header("idempotency-key");
    const known = method === "POST" ? answered.get(key) : undefined;
    if (known) return known;
    const said = route(method, path, new URLSearchParams(text));
    if (method === "POST" && key) answered.set(key, said);
    return said;
  });
  function route(method: string, path: string, form: URLSearchParams): Said {
    if (path === "/v1/checkout/sessions" && method === "POST") return open(form);
    if (path === "/v1/checkout/sessions") return { body: { object: "list", data: [] } };
    if (path === "/v1/refunds") return giveBack(form);
    const one = bySession(path.split("/").at(-1) ?? "");
    return one ? { body: shown(one) } : missing("resource_missing", "no such session");
  }
  const require = (attemptId: string) => {
    const found = books.get(attemptId);
    if (!found) throw new Error("no such session");
    return found;
  };
  const sign = (type: string, object: object, { now, isForged = false }: Signing) => {
    const payload = JSON.stringify({ id: "evt_1", object: "event", type, data: { object } });
    const timestamp = Math.floor(now.getTime() / 1000);
    const secret = isForged ? "whsec_somebody" : WEBHOOK;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const headers = new Headers({ "stripe-signature": signature });
    return { rawBody: payload, headers, path: [] };
  };
  return {
    ...server,
    provider: "stripe",
    typed: { secretKey: KEY, webhookSecret: WEBHOOK },
    pay: (attemptId, change) => {
      const one = require(attemptId);
      one.status = "complete";
      one.isPaid = true;
      if (change) one.amount = Number(change.amountMinor);
    },
    decline: (attemptId) => {
      require(attemptId).status = "expired";
    },
    call: (attemptId, { now, claim = "paid", isForged = false, amountMinor }) => {
      const one = require(attemptId);
      const type = `checkout.session.${claim === "paid" ? "completed" : "expired"}`;
      const amount_total = Number(amountMinor ?? one.amount);
      const told = { payment_status: claim === "paid" ? "paid" : "unpaid", amount_total };
      const object = { ...shown(one), ...told, payment_intent: one.intent };
      return sign(type, object, { now, isForged });
    },
    dispute: (attemptId, { now, disputeReference, state }) => {
      const { intent, amount, currency } = require(attemptId);
      const status = state === "open" ? "needs_response" : state;
      const type = `charge.dispute.${state === "open" ? "created" : "closed"}`;
      const object = { id: disputeReference, amount, currency, status, payment_intent: intent };
      return sign(type, object, { now });
    },
    count: () => ({ checkouts: books.size, refunds }),
  };
}

type Signing = { readonly now: Date; readonly isForged?: boolean };
