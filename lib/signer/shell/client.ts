import { connect, type Socket } from "node:net";
import type { z } from "zod";
import { assert, InvariantError } from "@/lib/kernel";
import type { AuditSigner, JournalWitness, KeptHead } from "../audit-signer";
import { LineSplitter } from "../core/line-splitter";
import { SignerAwayError, SignerRefusedError } from "../errors";
import type {
  IssueRequest,
  ManufactureRequest,
  PracticeKeyRequest,
  PracticeSigner,
  TokenIssuer,
} from "../token-issuer";
import {
  answerSchema,
  LONGEST_LINE_BYTES,
  MOST_HEADS,
  MOST_TOKEN_SETS,
  RESULTS,
  type SignerAnswer,
} from "./protocol";

const ANSWER_TIMEOUT_MS = 5_000;

type Question =
  | (IssueRequest & { readonly op: "issue" })
  | (PracticeKeyRequest & { readonly op: "generatePracticeKey" })
  | (ManufactureRequest & { readonly op: "manufacture" })
  | { readonly op: "signAuditHead"; readonly organizationId: string }
  | { readonly op: "listKeptHeads"; readonly skip: number }
  | { readonly op: "report" };

export type SignerClient = TokenIssuer & PracticeSigner & AuditSigner & JournalWitness;

type InFlight = {
  readonly socket: Socket;
  readonly resolve: (answer: SignerAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

// In development Next.js evaluates modules anew on each change; the connections outlive that.
const globals = globalThis as typeof globalThis & { voltletSigners?: Map<string, SignerClient> };

/**
 * The signer behind a local socket. One connection a process and socket, opened when first asked
 * and again after it was lost; it does not keep the process alive while nothing is asked.
 */
export function signerClient(socketPath: string): SignerClient {
  globals.voltletSigners ??= new Map();
  const standing = globals.voltletSigners.get(socketPath);
  if (standing) return standing;
  const client = createClient(socketPath);
  globals.voltletSigners.set(socketPath, client);
  return client;
}

/** A client with a connection of its own; `signerClient` is the one to use. */
export function createClient(socketPath: string, timeoutMs = ANSWER_TIMEOUT_MS): SignerClient {
  const connection = new SignerConnection(socketPath, timeoutMs);
  const ask = async <Schema extends z.ZodType>(
    question: Question,
    schema: Schema,
  ): Promise<z.output<Schema>> => {
    const result = schema.safeParse(resultOf(await connection.ask(question)));
    if (!result.success) throw new SignerAwayError("the signer's answer is not understood");
    return result.data;
  };
  return {
    issue: async ({ organizationId, tokenSetIds }) => {
      const { length } = tokenSetIds;
      assert(length >= 1 && length <= MOST_TOKEN_SETS, "1 to 100 token sets are asked for at once");
      const outcomes = await ask({ op: "issue", organizationId, tokenSetIds }, RESULTS.issue);
      const isWhole =
        outcomes.length === length &&
        outcomes.every(({ tokenSetId }, index) => tokenSetId === tokenSetIds[index]?.toLowerCase());
      if (!isWhole) throw new SignerAwayError("the signer answered another question");
      return outcomes;
    },
    generatePracticeKey: (request) =>
      ask({ op: "generatePracticeKey", ...attributesOf(request) }, RESULTS.generatePracticeKey),
    manufacture: ({ organizationId, meterId }) =>
      ask({ op: "manufacture", organizationId, meterId }, RESULTS.manufacture),
    signAuditHead: (organizationId) =>
      ask({ op: "signAuditHead", organizationId }, RESULTS.signAuditHead),
    listKeptHeads: async () => {
      const heads: KeptHead[] = [];
      for (;;) {
        const question = { op: "listKeptHeads", skip: heads.length } as const;
        const page = await ask(question, RESULTS.listKeptHeads);
        heads.push(...page);
        if (page.length < MOST_HEADS) return heads;
      }
    },
    report: () => ask({ op: "report" }, RESULTS.report),
  };
}

/** The fields by name: the signer refuses one more, and a wider object may have one. */
function attributesOf(request: PracticeKeyRequest): PracticeKeyRequest {
  const { organizationId, supplyGroupCode, keyRevisionNumber } = request;
  const { baseDateYear, keyExpiryNumber } = request;
  return { organizationId, supplyGroupCode, keyRevisionNumber, baseDateYear, keyExpiryNumber };
}

function resultOf(answer: SignerAnswer): unknown {
  if (answer.ok) return answer.result;
  switch (answer.error) {
    case "refused":
      throw new SignerRefusedError(answer.refusal);
    case "failed":
      throw new SignerAwayError("the signer failed; its log says why");
    case "bad-request":
      throw new InvariantError("a request to the signer has the form that it expects");
  }
}

class SignerConnection {
  readonly #socketPath: string;
  readonly #timeoutMs: number;
  readonly #inFlight = new Map<number, InFlight>();
  #socket: Socket | undefined;
  #lastId = 0;

  constructor(socketPath: string, timeoutMs: number) {
    this.#socketPath = socketPath;
    this.#timeoutMs = timeoutMs;
  }

  ask(question: Question): Promise<SignerAnswer> {
    this.#socket ??= this.#open();
    const socket = this.#socket;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const fail = () => this.#settle(id)?.reject(new SignerAwayError("the signer is silent"));
      const timer = setTimeout(fail, this.#timeoutMs);
      this.#inFlight.set(id, { socket, resolve, reject, timer });
      socket.ref();
      socket.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  }

  #open(): Socket {
    const socket = connect({ path: this.#socketPath });
    const lines = new LineSplitter(LONGEST_LINE_BYTES);
    let reason = "it closed the connection";
    socket.on("data", (bytes) => {
      const read = lines.push(bytes);
      const isUnderstood = read.lines.every((line) => this.#take(line));
      if (isUnderstood && !read.isTooLong) return;
      reason = "its answer is not understood";
      socket.destroy();
    });
    socket.on("error", (error) => {
      reason = "code" in error ? String(error.code) : error.name;
    });
    socket.on("close", () => this.#lose(socket, reason));
    return socket;
  }

  /** False when this is no answer, or one to nobody: then nothing on this line is to be trusted. */
  #take(line: string): boolean {
    const answer = parseAnswer(line);
    if (answer?.id === null || answer?.id === undefined) return false;
    // One that comes after its time-out finds nobody waiting.
    this.#settle(answer.id)?.resolve(answer);
    return true;
  }

  #settle(id: number): InFlight | undefined {
    const waiting = this.#inFlight.get(id);
    if (!waiting) return undefined;
    this.#inFlight.delete(id);
    clearTimeout(waiting.timer);
    if (this.#inFlight.size === 0) this.#socket?.unref();
    return waiting;
  }

  #lose(socket: Socket, reason: string): void {
    if (this.#socket === socket) this.#socket = undefined;
    const lost = [...this.#inFlight].filter(([, waiting]) => waiting.socket === socket);
    for (const [id] of lost) {
      this.#settle(id)?.reject(new SignerAwayError(`the signer is away: ${reason}`));
    }
  }
}

function parseAnswer(line: string): SignerAnswer | undefined {
  try {
    return answerSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
