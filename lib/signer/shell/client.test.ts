import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { err, InvariantError, ok } from "@/lib/kernel";
import { SignerAwayError, SignerRefusedError } from "../errors";
import { createClient, signerClient } from "./client";
import { listenPrivately } from "./listen";
import { createSignerServer, type RequestHandler, type ServerLimits } from "./server";

const ORGANIZATION = "019ab000-0000-7000-8000-000000000001";
const SETS = ["019ab000-0000-7000-8000-00000000000a", "019ab000-0000-7000-8000-00000000000b"];
const REPORT = {
  isReady: true,
  mode: "practice",
  waitingTokenSets: 0,
  closedBecause: null,
  auditPublicKeyHex: "ab".repeat(32),
  journalPublicKeyHex: "cd".repeat(32),
};
const asked = { organizationId: ORGANIZATION, tokenSetIds: SETS };

let folder: string;
let socketPath: string;
let closers: (() => Promise<unknown>)[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "voltlet-signer-"));
  socketPath = path.join(folder, "signer.sock");
  closers = [];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const unknown: RequestHandler = async (request) =>
  ok(
    request.op === "issue"
      ? request.tokenSetIds.map((tokenSetId) => ({ tokenSetId, outcome: "unknown" }))
      : REPORT,
  );

async function serve(handle: RequestHandler, limits?: ServerLimits) {
  const signer = createSignerServer(handle, limits);
  await listenPrivately(signer.server, socketPath);
  closers.push(signer.close);
  return signer;
}

/** A server that says whatever it likes, to see what the client makes of it. */
async function serveRaw(answer: (socket: Socket, line: string) => void): Promise<Server> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => answer(socket, bytes.toString("utf8")));
  });
  await listenPrivately(server, socketPath);
  closers.push(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return server;
}

/** Sends bytes as they are; gives what comes back until the server hangs up or says `until`. */
async function say(bytes: string | Buffer, until?: RegExp): Promise<string> {
  const socket = connect({ path: socketPath });
  socket.write(bytes);
  let said = "";
  for await (const part of socket) {
    said += String(part);
    if (until?.test(said)) break;
  }
  return said;
}

describe("client and server", () => {
  test("an answer finds its question, whichever is done first", async () => {
    const first = Promise.withResolvers<void>();
    await serve(async (request) => {
      if (request.op === "issue") await first.promise;
      return unknown(request);
    });
    const client = createClient(socketPath);
    const slow = client.issue(asked);
    expect(await client.report()).toEqual(REPORT);
    first.resolve();
    const outcomes = SETS.map((tokenSetId) => ({ tokenSetId, outcome: "unknown" }));
    expect(await slow).toEqual(outcomes);
  });

  test("a process has one connection to a signer, however much it asks", async () => {
    let connections = 0;
    const { server } = await serve(unknown);
    server.on("connection", () => {
      connections += 1;
    });
    await Promise.all(Array.from({ length: 20 }, () => signerClient(socketPath).issue(asked)));
    expect(signerClient(socketPath)).toBe(signerClient(socketPath));
    expect(connections).toBe(1);
  });

  test("a refusal of a practice operation arrives with its code", async () => {
    await serve(async () => err("not-a-practice-installation"));
    const meterId = SETS[0] ?? "";
    const made = createClient(socketPath).manufacture({ organizationId: ORGANIZATION, meterId });
    await expect(made).rejects.toThrow(SignerRefusedError);
    await expect(made).rejects.toMatchObject({ code: "not-a-practice-installation" });
  });

  test("a failure is an outage for the one who asked, and the signer goes on", async () => {
    await serve(async (request) => {
      if (request.op === "issue") throw new Error("the database is away");
      return unknown(request);
    });
    const client = createClient(socketPath);
    await expect(client.issue(asked)).rejects.toThrow(SignerAwayError);
    expect((await client.report()).isReady).toBe(true);
  });

  test("what a wider object carries along is not sent", async () => {
    await serve(unknown);
    const wider = { ...asked, digits: "12345678901234567890" };
    expect(await createClient(socketPath).issue(wider)).toHaveLength(2);
  });

  test("no set, and more than a hundred, are refused before they are sent", async () => {
    const client = createClient(socketPath);
    const many = Array.from({ length: 101 }, () => SETS[0] ?? "");
    const ask = (tokenSetIds: string[]) => client.issue({ ...asked, tokenSetIds });
    await expect(ask([])).rejects.toThrow(InvariantError);
    await expect(ask(many)).rejects.toThrow(InvariantError);
  });
});

describe("a signer that is away", () => {
  test("is an outage when nobody listens, and is found again when it is back", async () => {
    const client = createClient(socketPath);
    await expect(client.issue(asked)).rejects.toThrow("the signer is away: ENOENT");
    await serve(unknown);
    expect(await client.issue(asked)).toHaveLength(2);
  });

  test("is an outage for everything in flight when it is cut off", async () => {
    const server = await serveRaw((socket) => socket.destroy());
    const client = createClient(socketPath);
    const both = await Promise.allSettled([client.issue(asked), client.report()]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(client.report()).rejects.toThrow(SignerAwayError);
    expect(server.listening).toBe(true);
  });

  test("is an outage when it is silent for too long; a late answer disturbs nobody", async () => {
    const held: string[] = [];
    await serveRaw((socket, line) => {
      held.push(line);
      if (held.length !== 2) return;
      const { id } = JSON.parse(line);
      const result = { ...REPORT, mode: null };
      socket.write(`${JSON.stringify({ id: id - 1, ok: true, result: [] })}\n`);
      socket.write(`${JSON.stringify({ id, ok: true, result })}\n`);
    });
    const client = createClient(socketPath, 200);
    await expect(client.issue(asked)).rejects.toThrow("the signer is silent");
    expect(await client.report()).toMatchObject({ mode: null });
  });

  test.each([
    ["no JSON", "what?\n"],
    ["no answer", '{"ok":true}\n'],
    ["an answer to nobody", '{"id":null,"ok":false,"error":"bad-request"}\n'],
    ["an unknown refusal", '{"id":1,"ok":false,"error":"refused","refusal":"mood"}\n'],
    ["a result of another shape", '{"id":1,"ok":true,"result":{"digits":"1"}}\n'],
    ["too few outcomes", '{"id":1,"ok":true,"result":[]}\n'],
    ["a line without an end", "x".repeat(70_000)],
  ])("is an outage when it says %s", async (_, said) => {
    await serveRaw((socket) => socket.write(said));
    await expect(createClient(socketPath).issue(asked)).rejects.toThrow(SignerAwayError);
  });
});

describe("the server's door", () => {
  const bad = (id: number | null) => `{"id":${id},"ok":false,"error":"bad-request"}\n`;

  test.each([
    ["garbage", "\u0000\u0001garbage\n", null],
    ["an empty line", "\n", null],
    ["JSON that is no object", "[1,2]\n", null],
    ["an operation that does not exist", '{"id":7,"op":"export"}\n', 7],
    ["a prototype for a body", '{"id":7,"op":"report","__proto__":{"a":1}}\n', 7],
    ["no id", '{"op":"report"}\n', null],
    ["an id of zero", '{"id":0,"op":"report"}\n', null],
    ["one field too many", '{"id":7,"op":"report","now":"1993"}\n', 7],
    ["no uuid", '{"id":7,"op":"manufacture","organizationId":"1","meterId":"2"}\n', 7],
  ])("answers %s and stays open", async (_, line, id) => {
    await serve(unknown);
    const good = '{"id":8,"op":"report"}\n';
    const said = await say(`${line}${good}`, /"id":8,"ok":true/);
    expect(said.startsWith(bad(id))).toBe(true);
  });

  test("hangs up on a line that is too long, and serves the next client", async () => {
    await serve(unknown);
    expect(await say("x".repeat(200_000))).toBe(bad(null));
    expect(await createClient(socketPath).issue(asked)).toHaveLength(2);
  });

  test("hangs up on a line that does not end in time, not on a quiet connection", async () => {
    await serve(unknown, { unfinishedLineMs: 50 });
    const client = createClient(socketPath);
    await client.report();
    expect(await say('{"id":1,"op":')).toBe(bad(null));
    expect(await client.issue(asked)).toHaveLength(2);
  });

  test("lets go of the quietest when hundreds hang, and serves who asks", async () => {
    await serve(unknown);
    const client = createClient(socketPath);
    await client.report();
    const hanging = Array.from({ length: 300 }, () => {
      const socket = connect({ path: socketPath }).on("error", () => undefined);
      socket.write('{"id":1');
      return socket;
    });
    await Promise.all(hanging.map((socket) => new Promise((done) => socket.once("connect", done))));
    for (let count = 0; count < 3; count += 1) {
      expect(await createClient(socketPath).issue(asked)).toHaveLength(2);
    }
    for (const socket of hanging) socket.destroy();
  });

  test("bears noise of every kind from many at once, and answers who is in order", async () => {
    await serve(unknown);
    const client = createClient(socketPath);
    const noise = Array.from({ length: 40 }, (_, index) => {
      const socket = connect({ path: socketPath }).on("error", () => undefined);
      const bytes = randomBytes(2_000 + index * 100);
      socket.write(index % 2 === 0 ? bytes : `${bytes.toString("latin1")}\n{"id":1,"op":"re`);
      return socket;
    });
    for (let count = 0; count < 20; count += 1) {
      expect(await client.issue(asked)).toHaveLength(2);
    }
    for (const socket of noise) socket.destroy();
  });

  test("survives those who hang up before they are answered", async () => {
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await serve(async (request) => {
      begun.resolve();
      await held.promise;
      return unknown(request);
    });
    const socket = connect({ path: socketPath });
    socket.write('{"id":1,"op":"report"}\n');
    await begun.promise;
    socket.destroy();
    held.resolve();
    expect(await createClient(socketPath).issue(asked)).toHaveLength(2);
  });

  test("answers what is under way before it closes", async () => {
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { close } = await serve(async (request) => {
      begun.resolve();
      await held.promise;
      return unknown(request);
    });
    const outcome = createClient(socketPath).issue(asked);
    await begun.promise;
    const closed = close();
    held.resolve();
    expect(await outcome).toHaveLength(2);
    await closed;
  });
});

describe("the signer's place", () => {
  test("is a socket and a folder for the owner alone", async () => {
    socketPath = path.join(folder, "run", "signer.sock");
    await serve(unknown);
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(socketPath)).mode & 0o777).toBe(0o700);
  });

  test("is not taken from a signer that answers", async () => {
    await serve(unknown);
    const second = createSignerServer(unknown).server;
    await expect(listenPrivately(second, socketPath)).rejects.toThrow("already answers");
    expect(await createClient(socketPath).issue(asked)).toHaveLength(2);
  });

  test("is taken over where nobody answers any more, but nothing else is removed", async () => {
    writeFileSync(socketPath, "somebody's file");
    const { server } = createSignerServer(unknown);
    await expect(listenPrivately(server, socketPath)).rejects.toThrow("is not a socket");
  });

  test("is refused in a folder that others can enter", async () => {
    const open = mkdtempSync(path.join(tmpdir(), "voltlet-open-"));
    closers.push(async () => rmSync(open, { recursive: true }));
    const { chmodSync } = await import("node:fs");
    chmodSync(open, 0o755);
    const { server } = createSignerServer(unknown);
    const listening = listenPrivately(server, path.join(open, "signer.sock"));
    await expect(listening).rejects.toThrow("chmod 700");
  });
});
