import { createServer, type Server, type Socket } from "node:net";
import type { Result } from "@/lib/kernel";
import { log } from "@/lib/platform";
import { LineSplitter } from "../core/line-splitter";
import type { PracticeRefusal } from "../errors";
import {
  LONGEST_LINE_BYTES,
  requestSchema,
  type SignerAnswer,
  type SignerRequest,
} from "./protocol";

/** Does what a request says. A refusal is an answer; what it throws is told as "failed". */
export type RequestHandler = (request: SignerRequest) => Promise<Result<unknown, PracticeRefusal>>;

export type SignerServer = {
  readonly server: Server;
  /** Takes no new connection, lets requests under way be answered, then ends the connections. */
  readonly close: () => Promise<void>;
};

export type ServerLimits = { readonly unfinishedLineMs: number };

const LIMITS: ServerLimits = { unfinishedLineMs: 30_000 };
// Two processes of ours connect, each once. The rest is room for a restart and for tests.
const MOST_CONNECTIONS = 64;
// Beyond these a client is not read from, or is let go of, before it fills our memory.
const MOST_UNDER_WAY = 256;
const MOST_UNSENT_BYTES = 1_000_000;
const LONGEST_CLOSE_MS = 2_000;
const LINGER_MS = 1_000;

/** A server for the signer's socket; listening is the caller's. */
export function createSignerServer(
  handle: RequestHandler,
  limits: ServerLimits = LIMITS,
): SignerServer {
  // In the order of their last request, the quietest first.
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    if (connections.size >= MOST_CONNECTIONS && !dropQuietest(connections)) {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, handle, limits);
    connections.add(connection);
    socket.on("data", () => {
      connections.delete(connection);
      connections.add(connection);
    });
    socket.once("close", () => connections.delete(connection));
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const connection of connections) connection.endWhenAnswered();
      const destroyAll = () => {
        for (const connection of connections) connection.destroy();
      };
      setTimeout(destroyAll, LONGEST_CLOSE_MS).unref();
    });
  return { server, close };
}

/** Lets go of the one that has been quiet longest: those who hang keep nobody else out. */
function dropQuietest(connections: Set<Connection>): boolean {
  for (const connection of connections) {
    if (connection.isUnderWay) continue;
    connections.delete(connection);
    connection.destroy();
    return true;
  }
  return false;
}

class Connection {
  readonly #socket: Socket;
  readonly #handle: RequestHandler;
  readonly #limits: ServerLimits;
  readonly #lines = new LineSplitter(LONGEST_LINE_BYTES);
  #underWay = 0;
  #isEnding = false;
  #unfinished: NodeJS.Timeout | undefined;

  constructor(socket: Socket, handle: RequestHandler, limits: ServerLimits) {
    this.#socket = socket;
    this.#handle = handle;
    this.#limits = limits;
    socket.on("data", (bytes) => this.#read(bytes));
    socket.on("close", () => clearTimeout(this.#unfinished));
    // Whoever hangs up in the middle is no news: the journal answers when they ask again.
    socket.on("error", (error) => log().debug({ err: error }, "a connection broke"));
  }

  get isUnderWay(): boolean {
    return this.#underWay > 0;
  }

  endWhenAnswered(): void {
    this.#isEnding = true;
    clearTimeout(this.#unfinished);
    if (this.#underWay === 0) this.#end();
  }

  /** What still comes in is read and dropped: a reset would take our last answer with it. */
  #end(): void {
    this.#socket.resume();
    this.#socket.end();
    setTimeout(() => this.destroy(), LINGER_MS).unref();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    if (this.#isEnding) return;
    const { lines, isTooLong } = this.#lines.push(bytes);
    for (const line of lines) this.#take(line);
    if (isTooLong) this.#hangUp();
    else this.#watchUnfinishedLine(lines.length > 0);
    if (!this.#isEnding && this.#underWay >= MOST_UNDER_WAY) this.#socket.pause();
  }

  /** A line that has begun must end in time; each finished line gives the next one its own time. */
  #watchUnfinishedLine(hasFinishedOne: boolean): void {
    if (hasFinishedOne || !this.#lines.hasBegun) {
      clearTimeout(this.#unfinished);
      this.#unfinished = undefined;
    }
    if (!this.#lines.hasBegun || this.#unfinished) return;
    this.#unfinished = setTimeout(() => this.#hangUp(), this.#limits.unfinishedLineMs);
    this.#unfinished.unref();
  }

  /** For a line without an end: where the next request would begin is not known. */
  #hangUp(): void {
    this.#answer(BAD_REQUEST);
    this.endWhenAnswered();
  }

  #take(line: string): void {
    const request = parseRequest(line);
    if (request === null) {
      this.#answer({ ...BAD_REQUEST, id: idIn(line) });
      return;
    }
    this.#underWay += 1;
    void this.#respond(request);
  }

  async #respond(request: SignerRequest): Promise<void> {
    const { id, op } = request;
    try {
      const done = await this.#handle(request);
      if (done.ok) this.#answer({ id, ok: true, result: done.value });
      else this.#answer({ id, ok: false, error: "refused", refusal: done.error });
    } catch (error) {
      log().error({ err: error, op }, "a request failed");
      this.#answer({ id, ok: false, error: "failed" });
    }
    this.#underWay -= 1;
    if (this.#isEnding && this.#underWay === 0) this.#end();
    else if (!this.#isEnding && this.#underWay < MOST_UNDER_WAY) this.#socket.resume();
  }

  #answer(answer: SignerAnswer): void {
    if (!this.#socket.writable) return;
    this.#socket.write(`${JSON.stringify(answer)}\n`);
    if (this.#socket.writableLength > MOST_UNSENT_BYTES) this.destroy();
  }
}

const BAD_REQUEST = { id: null, ok: false, error: "bad-request" } as const;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function parseRequest(line: string): SignerRequest | null {
  const parsed = requestSchema.safeParse(parseJson(line));
  return parsed.success ? parsed.data : null;
}

/** The id of a request that is wrong otherwise, so that its asker need not wait in vain. */
function idIn(line: string): number | null {
  const value = parseJson(line);
  if (typeof value !== "object" || value === null || !("id" in value)) return null;
  return Number.isSafeInteger(value.id) && Number(value.id) > 0 ? Number(value.id) : null;
}
