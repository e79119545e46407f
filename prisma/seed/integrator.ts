import {
  type ApiCall,
  answerApi,
  createApiKey,
  KEY_SCOPES,
  type OperationName,
  openKey,
  operationOf,
} from "@/lib/api";
import { assert } from "@/lib/kernel";
import { newId } from "@/lib/platform";
import type { TokenIssuer } from "@/lib/signer";
import { makeMember } from "./member";

type KeyWish = Partial<Omit<Parameters<typeof createApiKey>[1], "now">>;

/** For database tests: a key of an organization's, made by an administrator of it. */
export async function makeApiKey(
  organizationId: string,
  now: Date,
  wish: KeyWish = {},
): Promise<{ readonly id: string; readonly key: string }> {
  const permission = "api-key:manage";
  const scope = await makeMember(organizationId, { role: "administrator", now, permission });
  const usual = { name: "A bank", scopes: KEY_SCOPES, buildingIds: [], perMinute: 6_000 };
  const open = { expiresAt: null, takesOverFrom: null };
  const made = await createApiKey(scope, { ...usual, ...open, ...wish, now });
  assert(made.ok, "a builder's key is made");
  return made.value;
}

export type Asked = Partial<{
  key: string;
  target: string;
  query: string;
  body: unknown;
  /** Sent as it is, in place of a body. */
  rawBody: BodyInit;
  headers: Readonly<Record<string, string>>;
  idempotencyKey: string;
  issuer: TokenIssuer;
  now: Date;
}>;

export type Answered = {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
};

/** A program that calls the API with a key, as the web's handlers would take its calls. */
export function integrator(usual: {
  readonly key: string;
  readonly issuer: TokenIssuer;
  readonly now: Date;
}) {
  return async (operation: OperationName, asked: Asked = {}): Promise<Answered> => {
    const { key, issuer, now } = { ...usual, ...asked };
    const { method, scope: keyScope } = operationOf(operation);
    const isPost = method === "POST";
    const request = new Request(`http://localhost/api/v1${asked.query ?? ""}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(isPost ? { "content-type": "application/json" } : {}),
        ...(isPost ? { "idempotency-key": asked.idempotencyKey ?? newId() } : {}),
        ...asked.headers,
      },
      ...(isPost ? { body: asked.rawBody ?? JSON.stringify(asked.body ?? {}) } : {}),
    });
    const authorization = request.headers.get("authorization");
    const caller = await openKey(authorization, { keyScope, now });
    const target = asked.target ?? "";
    const call: ApiCall = { operation, request, caller, target, issuer, now, addressKey: KEY };
    const response = await answerApi(call);
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text), headers: response.headers };
  };
}

const KEY = "what addresses of purchases are made with in tests";
