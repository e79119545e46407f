import { setTimeout as delay } from "node:timers/promises";
import { type ApiKeyHolder, inScope } from "@/lib/access";

/** An answer as it went out, byte for byte. */
export type StoredAnswer = { readonly status: number; readonly body: string };

export type OnceRequest = {
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly now: Date;
};

type Work = (begun: { readonly isTakenUp: boolean }) => Promise<StoredAnswer>;
type Outcome = StoredAnswer | "reused" | "in-progress";

// Who began a request and has not answered it after this long has died, and it is taken up.
const TAKEN_UP_AFTER_MS = 30_000;
const WAIT_MS = 20;
const LONGEST_WAIT_MS = 8_000;

// What this process is answering. Two hundred of the same ask the database once.
const underWay = new Map<string, Promise<Outcome>>();

/**
 * Does work once for an idempotency key, and gives its answer to all who send the same. Other
 * content under the same key is "reused"; who waits too long for the first one is told
 * "in-progress". Work that throws is answered nobody and can be asked again at once: it must do
 * nothing twice by itself.
 */
export function answerOnce(
  caller: ApiKeyHolder,
  request: OnceRequest,
  work: Work,
): Promise<Outcome> {
  const { keyId } = caller;
  const name = JSON.stringify([keyId, request.idempotencyKey, request.requestHash]);
  const first = underWay.get(name);
  if (first) return first;
  const answering = answer(caller, request, work).finally(() => underWay.delete(name));
  underWay.set(name, answering);
  return answering;
}

async function answer(caller: ApiKeyHolder, request: OnceRequest, work: Work): Promise<Outcome> {
  for (const end = performance.now() + LONGEST_WAIT_MS; ; await delay(WAIT_MS)) {
    const begun = await begin(caller, request);
    if (begun === "reused") return begun;
    if (begun === "first" || begun === "taken-up") {
      return finish(caller, request, () => work({ isTakenUp: begun === "taken-up" }));
    }
    if (begun !== "in-progress") return begun;
    if (performance.now() > end) return "in-progress";
  }
}

type Begun = StoredAnswer | "first" | "taken-up" | "reused" | "in-progress";

function begin({ scope, keyId }: ApiKeyHolder, request: OnceRequest): Promise<Begun> {
  const { idempotencyKey, requestHash, now } = request;
  const { organizationId } = scope;
  const id = { organizationId, keyId, idempotencyKey };
  return inScope(scope, async (tx): Promise<Begun> => {
    const made = await tx.db.apiRequest.createMany({
      data: [{ ...id, requestHash, startedAt: now, takenAt: now }],
      skipDuplicates: true,
    });
    if (made.count === 1) return "first";
    const stands = await tx.db.apiRequest.findUniqueOrThrow({
      where: { organizationId_keyId_idempotencyKey: id },
      select: { requestHash: true, takenAt: true, status: true, body: true },
    });
    if (stands.requestHash !== requestHash) return "reused";
    const { takenAt, status, body } = stands;
    if (status !== null && body !== null) return { status, body };
    if (now.getTime() - takenAt.getTime() < TAKEN_UP_AFTER_MS) return "in-progress";
    const taken = await tx.db.apiRequest.updateMany({
      where: { ...id, takenAt, status: null },
      data: { takenAt: now },
    });
    return taken.count === 1 ? "taken-up" : "in-progress";
  });
}

async function finish(
  caller: ApiKeyHolder,
  request: OnceRequest,
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  try {
    return await store(caller, request, await work());
  } catch (error) {
    await giveBack(caller, request);
    throw error;
  }
}

/** Of two who answered, the first one's answer is everybody's. */
function store(
  { scope, keyId }: ApiKeyHolder,
  { idempotencyKey }: OnceRequest,
  { status, body }: StoredAnswer,
): Promise<StoredAnswer> {
  const { organizationId } = scope;
  const id = { organizationId, keyId, idempotencyKey };
  return inScope(scope, async (tx) => {
    const stored = await tx.db.apiRequest.updateMany({
      where: { ...id, status: null },
      data: { status, body },
    });
    if (stored.count === 1) return { status, body };
    const stands = await tx.db.apiRequest.findUniqueOrThrow({
      where: { organizationId_keyId_idempotencyKey: id },
      select: { status: true, body: true },
    });
    return { status: stands.status ?? status, body: stands.body ?? body };
  });
}

const LONG_AGO = new Date(0);

/** So that the next one need not wait. Where the database is away, time gives it back. */
async function giveBack({ scope, keyId }: ApiKeyHolder, request: OnceRequest): Promise<void> {
  const { organizationId } = scope;
  const { idempotencyKey } = request;
  await inScope(scope, (tx) =>
    tx.db.apiRequest.updateMany({
      where: { organizationId, keyId, idempotencyKey, status: null },
      data: { takenAt: LONG_AGO },
    }),
  ).catch(() => undefined);
}
