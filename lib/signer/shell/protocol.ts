import { z } from "zod";
import { ISSUE_REFUSALS, PRACTICE_REFUSALS, SALES_CLOSED_REASONS } from "../errors";

/*
 * What web, worker and signer say to each other: one JSON object a line. A request has an id of the
 * asker's choosing; its answer, which may come after later ones, has the same.
 */

/** Either side gives up on a longer line. */
export const LONGEST_LINE_BYTES = 64 * 1024;

/** A hundred sets of four tokens are an answer of under 40 kB. */
export const MOST_TOKEN_SETS = 100;

/** A page of heads is an answer of under 50 kB. */
export const MOST_HEADS = 200;

const requestId = z.int().min(1);
// As the database writes them: ids are compared as text in memory.
const databaseId = z.guid().transform((id) => id.toLowerCase());
const baseDateYear = z.union([z.literal(1993), z.literal(2014), z.literal(2035)]);
const keyExpiryNumber = z.int().min(0).max(255);

export const requestSchema = z.discriminatedUnion("op", [
  z.strictObject({
    id: requestId,
    op: z.literal("issue"),
    organizationId: databaseId,
    tokenSetIds: z.array(databaseId).min(1).max(MOST_TOKEN_SETS),
  }),
  z.strictObject({
    id: requestId,
    op: z.literal("generatePracticeKey"),
    organizationId: databaseId,
    supplyGroupCode: z.string().regex(/^\d{6}$/),
    keyRevisionNumber: z.int().min(1).max(9),
    baseDateYear,
    keyExpiryNumber,
  }),
  z.strictObject({
    id: requestId,
    op: z.literal("manufacture"),
    organizationId: databaseId,
    meterId: databaseId,
  }),
  z.strictObject({
    id: requestId,
    op: z.literal("signAuditHead"),
    organizationId: databaseId,
  }),
  z.strictObject({
    id: requestId,
    op: z.literal("listKeptHeads"),
    /** How many come before this page. */
    skip: z.int().min(0),
  }),
  z.strictObject({ id: requestId, op: z.literal("report") }),
]);

export type SignerRequest = z.output<typeof requestSchema>;

const token = z.strictObject({
  position: z.int().min(1),
  digits: z.string().regex(/^\d{20}$/),
});
const tokenSetId = z.guid();

/** The results by operation. */
export const RESULTS = {
  issue: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({ tokenSetId, outcome: z.literal("issued"), tokens: z.array(token).min(1) }),
      z.strictObject({
        tokenSetId,
        outcome: z.literal("refused"),
        refusal: z.enum(ISSUE_REFUSALS),
      }),
      z.strictObject({ tokenSetId, outcome: z.literal("unknown") }),
    ]),
  ),
  generatePracticeKey: z.strictObject({ vendingKeyId: z.guid() }),
  manufacture: z.strictObject({
    decoderKeyHex: z.string().regex(/^[0-9a-f]{32}$/),
    keyType: z.literal(2),
    keyExpiryNumber,
    baseDateYear,
  }),
  signAuditHead: z.strictObject({
    outcome: z.enum(["signed", "nothing-to-sign", "rewritten"]),
  }),
  listKeptHeads: z.array(
    z.strictObject({
      organizationId: z.guid(),
      chain: z.string().min(1),
      sequence: z.string().regex(/^[1-9]\d*$/),
      hashHex: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  report: z.strictObject({
    isReady: z.boolean(),
    mode: z.enum(["practice", "production"]).nullable(),
    closedBecause: z.enum(SALES_CLOSED_REASONS).nullable(),
    waitingTokenSets: z.int().min(0),
    auditPublicKeyHex: z.string().regex(/^[0-9a-f]{64}$/),
    journalPublicKeyHex: z.string().regex(/^[0-9a-f]{64}$/),
  }),
};

/** An id of null answers a line that was no request. */
export const answerSchema = z.union([
  z.strictObject({ id: requestId, ok: z.literal(true), result: z.unknown() }),
  z.strictObject({ id: requestId, ok: z.literal(false), error: z.literal("failed") }),
  z.strictObject({
    id: requestId,
    ok: z.literal(false),
    error: z.literal("refused"),
    refusal: z.enum(PRACTICE_REFUSALS),
  }),
  z.strictObject({
    id: requestId.nullable(),
    ok: z.literal(false),
    error: z.literal("bad-request"),
  }),
]);

export type SignerAnswer = z.output<typeof answerSchema>;
