// Every refusal of the API (RFC 9457). A code is for ever: programs decide by it. The words are for
// whoever writes such a program, and so in English alone, beside the code that they explain.

type Kind = { readonly status: number; readonly title: string; readonly detail: string };

export const PROBLEMS = {
  "key-missing": {
    status: 401,
    title: "No API key",
    detail: "Send your key in the header Authorization, as “Bearer vk_…”.",
  },
  "key-mistyped": {
    status: 401,
    title: "The API key is mistyped",
    detail: "The key does not agree with its own check characters. Copy it once more, whole.",
  },
  "key-unknown": {
    status: 401,
    title: "The API key is not known",
    detail: "The key is well formed, and nobody has it here.",
  },
  "key-revoked": {
    status: 401,
    title: "The API key was revoked",
    detail: "Ask the organization that gave you the key for another one.",
  },
  "key-expired": {
    status: 401,
    title: "The API key has run out",
    detail: "Ask the organization that gave you the key for another one.",
  },
  "scope-missing": {
    status: 403,
    title: "The API key is not made for this",
    detail: "The key lacks the scope that this operation needs.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    detail: "The key’s requests of this minute are used up. Wait as long as Retry-After says.",
  },
  "media-type-not-json": {
    status: 415,
    title: "The body is not JSON",
    detail: "Send the body as application/json in UTF-8.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large",
    detail: "A body has at most 16,384 bytes.",
  },
  "body-malformed": {
    status: 400,
    title: "The body cannot be read",
    detail: "The body is not JSON in UTF-8.",
  },
  "body-invalid": {
    status: 422,
    title: "The body is not as it must be",
    detail: "A field is missing, unknown, or not of its form; “errors” says which.",
  },
  "query-invalid": {
    status: 400,
    title: "The query is not as it must be",
    detail: "Ask by one client_reference, and by nothing else.",
  },
  "idempotency-key-missing": {
    status: 400,
    title: "No Idempotency-Key",
    detail: "Every POST carries the header Idempotency-Key: one value for one intention.",
  },
  "idempotency-key-invalid": {
    status: 400,
    title: "The Idempotency-Key cannot be used",
    detail: "It has 1 to 128 visible ASCII characters, without quotes and backslashes.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The Idempotency-Key was used for something else",
    detail: "The same key came with other content before. Nothing was done.",
  },
  "request-in-progress": {
    status: 409,
    title: "The first request is still being answered",
    detail: "Send the same request again in a moment; it will get the first one’s answer.",
  },
  "meter-number-invalid": {
    status: 422,
    title: "This is no meter number",
    detail: "A meter number has 11 or 13 digits, the last of which is a check.",
  },
  "meter-not-found": {
    status: 404,
    title: "The meter was not found",
    detail: "No meter with this number can be sold for with this key.",
  },
  "meter-blocked": {
    status: 409,
    title: "The meter is blocked",
    detail: "The organization has stopped sales for this meter.",
  },
  "meter-contested": {
    status: 409,
    title: "The meter number is contested",
    detail: "Two organizations claim this number. Nothing is sold until it is decided.",
  },
  "meter-unproved": {
    status: 409,
    title: "The meter number is not proved",
    detail: "The organization has not shown yet that the meter is its own.",
  },
  "meter-not-in-use": {
    status: 409,
    title: "The meter is not in use",
    detail: "Nobody holds the unit that this meter serves.",
  },
  "no-price-in-force": {
    status: 409,
    title: "There is no price",
    detail: "No tariff is in force for this meter now.",
  },
  "amount-invalid": {
    status: 422,
    title: "The amount is not an amount",
    detail: "An amount is a string of digits in minor units, above zero, without sign or point.",
  },
  "amount-too-small": {
    status: 422,
    title: "The amount is too small",
    detail: "It buys less than 0.1 kWh; “least” is the smallest amount that buys as much.",
  },
  "amount-too-large": {
    status: 422,
    title: "The amount is too large",
    detail: "“greatest” is the largest amount of one purchase.",
  },
  "currency-mismatch": {
    status: 422,
    title: "The currency is another",
    detail: "The meter is sold for in the currency that “currency” names.",
  },
  "quote-not-found": {
    status: 404,
    title: "The quote was not found",
    detail: "No quote of yours has this id.",
  },
  "quote-expired": {
    status: 409,
    title: "The quote has expired",
    detail: "Nothing was bought. Ask for a new quote, or buy by meter and amount.",
  },
  "quote-used": {
    status: 409,
    title: "The quote was bought already",
    detail: "“purchase” is what it became.",
  },
  "client-reference-used": {
    status: 409,
    title: "The client reference was used before",
    detail: "“purchase” has this reference. Nothing was bought.",
  },
  "payment-reference-used": {
    status: 409,
    title: "The payment reference was used before",
    detail: "“purchase” was paid with it. One payment pays one purchase. Nothing was bought.",
  },
  "purchase-not-found": {
    status: 404,
    title: "The purchase was not found",
    detail: "No purchase of yours has this id or reference.",
  },
  "not-issued": {
    status: 409,
    title: "There are no tokens",
    detail: "The purchase has no tokens (yet); “state” says where it stands.",
  },
  unavailable: {
    status: 503,
    title: "This could not be done just now",
    detail: "Send the same request with the same Idempotency-Key again; nothing is done twice.",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** What a problem says beside its own words; each name stands in the schema of problems. */
export type ProblemFacts = {
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly scope?: string;
  readonly currency?: string;
  readonly least?: AmountJson;
  readonly greatest?: AmountJson;
  readonly purchase?: string;
  readonly state?: string;
};
type AmountJson = { readonly minor: string; readonly currency: string };

export type Problem = { readonly code: ProblemCode; readonly facts: ProblemFacts };

export const problem = (code: ProblemCode, facts: ProblemFacts = {}): Problem => ({ code, facts });

/** A name for the kind of problem, the same in every installation and for ever. */
export const problemType = (code: ProblemCode): string => `urn:voltlet:problem:${code}`;

/** The problem as JSON carries it. */
export function problemBody({ code, facts }: Problem) {
  return { type: problemType(code), ...PROBLEMS[code], code, ...facts };
}
