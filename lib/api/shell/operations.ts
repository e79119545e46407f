import type { z } from "zod";
import type { KeyScope } from "../core/key-scopes";
import type { ProblemCode } from "../core/problems";
import {
  meterAnswer,
  purchaseAnswer,
  purchaseRequest,
  quoteAnswer,
  quoteRequest,
  referenceQuery,
  reprintAnswer,
  reprintRequest,
} from "./schemas";

type Answer = { readonly description: string; readonly schema: z.ZodType };

export type Operation = {
  readonly method: "GET" | "POST";
  /** As OpenAPI writes it; app/api/v1 has a folder for each part. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scope: KeyScope;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of this operation's own, beside those of every operation of its kind. */
  readonly problems: readonly ProblemCode[];
};

/** What any request can be refused by. */
export const ALWAYS: readonly ProblemCode[] = [
  "key-missing",
  "key-mistyped",
  "key-unknown",
  "key-revoked",
  "key-expired",
  "scope-missing",
  "too-many-requests",
  "unavailable",
];

/** What any POST can be refused by. */
export const ON_POST: readonly ProblemCode[] = [
  "media-type-not-json",
  "body-too-large",
  "body-malformed",
  "body-invalid",
  "idempotency-key-missing",
  "idempotency-key-invalid",
  "idempotency-key-reused",
  "request-in-progress",
];

const OF_A_METER = [
  "meter-number-invalid",
  "meter-not-found",
  "meter-blocked",
  "meter-contested",
  "meter-unproved",
  "meter-not-in-use",
  "no-price-in-force",
] as const satisfies readonly ProblemCode[];

const OF_AN_AMOUNT = [
  "amount-invalid",
  "amount-too-small",
  "amount-too-large",
  "currency-mismatch",
] as const satisfies readonly ProblemCode[];

/** All of the API: handlers, checks, documentation and tests are driven from here. */
export const OPERATIONS = {
  confirmMeter: {
    method: "GET",
    path: "/meters/{number}",
    summary: "Confirm a meter",
    description: "Whose meter it is, masked, so that the payer can tell; and what can be paid.",
    scope: "meter:read",
    answers: { 200: { description: "The meter can be sold for.", schema: meterAnswer } },
    problems: OF_A_METER,
  },
  createQuote: {
    method: "POST",
    path: "/quotes",
    summary: "Ask what an amount buys",
    description: "Nothing is bought. The price holds until the quote expires.",
    scope: "quote:create",
    body: quoteRequest,
    answers: { 201: { description: "The quote.", schema: quoteAnswer } },
    problems: [...OF_A_METER, ...OF_AN_AMOUNT],
  },
  createPurchase: {
    method: "POST",
    path: "/purchases",
    summary: "Buy",
    description:
      "By a quote, or by meter and amount. You have taken the money: it is booked as received by " +
      "you under your payment reference. The tokens are in the answer; where they take longer " +
      "the answer is 202, the money is safe, and the purchase shows them soon.",
    scope: "purchase:create",
    body: purchaseRequest,
    answers: {
      201: { description: "The purchase is at its end, as “state” says.", schema: purchaseAnswer },
      202: { description: "Paid; the tokens follow by themselves.", schema: purchaseAnswer },
    },
    problems: [
      ...OF_A_METER,
      ...OF_AN_AMOUNT,
      "quote-not-found",
      "quote-expired",
      "quote-used",
      "client-reference-used",
      "payment-reference-used",
    ],
  },
  findPurchaseByReference: {
    method: "GET",
    path: "/purchases",
    summary: "Find a purchase by your reference",
    description: "The last response once more, for who never got it: the purchase as it stands.",
    scope: "purchase:read",
    query: referenceQuery,
    answers: { 200: { description: "The purchase as it stands.", schema: purchaseAnswer } },
    problems: ["query-invalid", "purchase-not-found"],
  },
  readPurchase: {
    method: "GET",
    path: "/purchases/{id}",
    summary: "Read a purchase",
    description: "The purchase as it stands, with its tokens once it has them.",
    scope: "purchase:read",
    answers: { 200: { description: "The purchase as it stands.", schema: purchaseAnswer } },
    problems: ["purchase-not-found"],
  },
  reprintPurchase: {
    method: "POST",
    path: "/purchases/{id}/reprints",
    summary: "Give the tokens once more",
    description: "The same tokens, marked as a reprint, and noted in the audit trail.",
    scope: "purchase:read",
    body: reprintRequest,
    answers: { 201: { description: "The same tokens once more.", schema: reprintAnswer } },
    problems: ["purchase-not-found", "not-issued"],
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

/** An operation as every one of them is. */
export const operationOf = (name: OperationName): Operation => OPERATIONS[name];

/** All that an operation can be refused by. */
export function problemsOf(operation: Operation): readonly ProblemCode[] {
  const onPost = operation.method === "POST" ? ON_POST : [];
  return [...ALWAYS, ...onPost, ...operation.problems];
}
