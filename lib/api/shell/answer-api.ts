import type { ApiKeyHolder } from "@/lib/access";
import { assert, err, ok, type Result } from "@/lib/kernel";
import { log, secondsToWait } from "@/lib/platform";
import type { TokenIssuer } from "@/lib/signer";
import { contentHash, parseIdempotencyKey } from "../core/idempotency-key";
import { type Problem, type ProblemFacts, problem, problemBody } from "../core/problems";
import { answerOnce, type StoredAnswer } from "./answer-once";
import { checkForm } from "./check-form";
import { confirmMeter } from "./confirm-meter";
import { makePurchase } from "./make-purchase";
import { makeQuote } from "./make-quote";
import { type OperationName, operationOf } from "./operations";
import { readJson } from "./read-json";
import { readPurchase, reprintPurchase } from "./read-purchase";
import type { PurchaseAnswer, PurchaseRequest, QuoteRequest } from "./schemas";

export type ApiCall = {
  readonly operation: OperationName;
  readonly request: Request;
  /** Who calls, or why the call is not let in. */
  readonly caller: Result<ApiKeyHolder, Problem>;
  /** The number or id in the address; empty where there is none. */
  readonly target: string;
  readonly issuer: TokenIssuer;
  readonly addressKey: string;
  readonly now: Date;
};

type Body = Readonly<Record<string, unknown>>;
type Done = Result<{ readonly status: number; readonly body: Body }, Problem>;

/** Answers one request of the API, refusals and outages included: each is a problem in JSON. */
export async function answerApi(call: ApiCall): Promise<Response> {
  const { operation, caller } = call;
  if (!caller.ok) return problemResponse(caller.error);
  try {
    const wait = await secondsToWait({ id: caller.value.keyId, perMinute: caller.value.perMinute });
    if (wait !== null) return problemResponse(problem("too-many-requests"), wait);
    const isPost = operationOf(operation).method === "POST";
    const answer = isPost
      ? await answerPost(call, caller.value)
      : storedOf(await answerGet(call, caller.value));
    return response(answer);
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    log().error({ operation, keyId: caller.value.keyId, error: name }, "the API failed");
    return problemResponse(problem("unavailable"), 1);
  }
}

async function answerGet(call: ApiCall, caller: ApiKeyHolder): Promise<Done> {
  const { operation, target, request, now } = call;
  const found = (body: Body) => ok({ status: 200, body });
  if (operation === "confirmMeter") {
    const meter = await confirmMeter(caller, { number: target, now });
    return meter.ok ? found(meter.value) : meter;
  }
  if (operation === "readPurchase") {
    const purchase = await readPurchase(caller, { id: target });
    return purchase.ok ? found(purchase.value) : purchase;
  }
  assert(operation === "findPurchaseByReference", "every operation is answered");
  const { query } = operationOf(operation);
  const asked = new URL(request.url).searchParams;
  const parsed = query?.safeParse(Object.fromEntries(asked));
  if (!parsed?.success || asked.size !== 1) return err(problem("query-invalid"));
  const clientReference = String(parsed.data.client_reference);
  const purchase = await readPurchase(caller, { clientReference });
  return purchase.ok ? found(purchase.value) : purchase;
}

async function answerPost(call: ApiCall, caller: ApiKeyHolder): Promise<StoredAnswer> {
  const { operation, request, target, now } = call;
  const idempotencyKey = parseIdempotencyKey(request.headers.get("idempotency-key"));
  if (!idempotencyKey.ok) {
    return refusal(problem(`idempotency-key-${idempotencyKey.error}`));
  }
  const json = await readJson(request);
  if (!json.ok) return refusal(json.error);
  const { body: schema } = operationOf(operation);
  assert(schema, "a POST has a body");
  const body = checkForm(schema, json.value);
  if (!body.ok) return refusal(body.error);
  const requestHash = contentHash(operation, target, body.value);
  const once = { idempotencyKey: idempotencyKey.value, requestHash, now };
  const outcome = await answerOnce(caller, once, async ({ isTakenUp }) => {
    const requestKey = idempotencyKey.value;
    return storedOf(await act(call, caller, { body: body.value, requestKey, isTakenUp }));
  });
  if (outcome === "reused") return refusal(problem("idempotency-key-reused"));
  if (outcome === "in-progress") return refusal(problem("request-in-progress"));
  return outcome;
}

type Checked = {
  readonly body: unknown;
  readonly requestKey: string;
  readonly isTakenUp: boolean;
};

/** What a POST does; its body has passed its schema. */
async function act(call: ApiCall, caller: ApiKeyHolder, checked: Checked): Promise<Done> {
  const { operation, target, issuer, addressKey, now } = call;
  const request = { ...checked, addressKey, now };
  const made = (body: Body) => ok({ status: 201, body });
  if (operation === "createQuote") {
    const quote = await makeQuote(caller, { ...request, body: checked.body as QuoteRequest });
    return quote.ok ? made(quote.value) : quote;
  }
  if (operation === "reprintPurchase") {
    const again = await reprintPurchase(caller, { id: target, now });
    return again.ok ? made(again.value) : again;
  }
  assert(operation === "createPurchase", "every operation is answered");
  const body = checked.body as PurchaseRequest;
  const bought = await makePurchase(caller, { ...request, body, issuer });
  return bought.ok ? ok({ status: statusOf(bought.value), body: bought.value }) : bought;
}

const statusOf = ({ state }: PurchaseAnswer) => (state === "pending" ? 202 : 201);

function storedOf(done: Done): StoredAnswer {
  if (!done.ok) return refusal(done.error);
  return { status: done.value.status, body: JSON.stringify(done.value.body) };
}

function refusal(refused: Problem): StoredAnswer {
  const body = problemBody(refused);
  return { status: body.status, body: JSON.stringify(body) };
}

function response({ status, body }: StoredAnswer, extra: Record<string, string> = {}): Response {
  const type = status < 400 ? "application/json" : "application/problem+json";
  const headers = { "Content-Type": type, "Cache-Control": "no-store", ...extra };
  return new Response(body, { status, headers });
}

/** A refusal as it goes out. */
function problemResponse(refused: Problem, waitSeconds?: number): Response {
  const answer = refusal(refused);
  const challenge: ProblemFacts & Record<string, unknown> = refused.facts;
  const scope = typeof challenge.scope === "string" ? `, scope="${challenge.scope}"` : "";
  return response(answer, {
    ...(answer.status === 401 || answer.status === 403
      ? { "WWW-Authenticate": `Bearer realm="voltlet"${scope}` }
      : {}),
    ...(waitSeconds === undefined ? {} : { "Retry-After": String(waitSeconds) }),
  });
}
