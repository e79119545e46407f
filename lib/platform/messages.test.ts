import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Real servers on the loopback: a mail server by smtp-server, a gateway by node's own http.

const TO = "amina@homes.example";
const PHONE = "+254712345678";
const mail = {
  channel: "email",
  to: TO,
  subject: "Sign in",
  text: "Your code is 123456.",
} as const;
const sms = { channel: "sms", to: PHONE, text: "123456 is your code." } as const;

let folder: string;
const open: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "voltlet-messages-"));
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

/** The room as a process with this environment has it, and what it logged. */
async function withEnvironment(env: Readonly<Record<string, string>>) {
  vi.resetModules();
  const none = { SMTP_URL: "", SMS_GATEWAY_URL: "", LOCAL_OUTBOX_FILE: "" };
  for (const [name, value] of Object.entries({ ...none, ...env })) vi.stubEnv(name, value);
  const { log } = await import("./log");
  const warned = vi.spyOn(log(), "warn").mockReturnValue(undefined);
  const { messageChannels, sendMessage } = await import("./messages");
  const { readOutbox } = await import("./outbox");
  const logged = () => JSON.stringify(warned.mock.calls);
  return { logged, messageChannels, readOutbox, sendMessage };
}

function portOf(server: { readonly address: () => AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(() => new Promise((done) => void server.close(() => done())));
  return portOf(server);
}

/** A mail server that takes what is for `homes.example`, and refuses everybody else. */
async function mailServer() {
  const taken: { readonly to: readonly string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: ({ address }, _session, done) =>
      done(address.endsWith("@homes.example") ? null : new Error("550 nobody here")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ to, text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  open.push(() => new Promise((done) => void server.close(() => done())));
  return { taken, url: `smtp://127.0.0.1:${portOf(server.server)}` };
}

type Asked = { readonly authorization: string | undefined; readonly body: unknown };

/** A gateway for text messages that answers with a status. */
async function gateway(status: number, headers: Readonly<Record<string, string>> = {}) {
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    asked.push({ authorization: request.headers.authorization, body });
    response.writeHead(status, headers).end();
  };
  const port = await listen(createHttp((request, response) => void answer(request, response)));
  return { asked, url: `http://127.0.0.1:${port}/send` };
}

/** A server that takes a connection and says nothing. */
async function silent(): Promise<number> {
  const sockets: Socket[] = [];
  open.push(() => sockets.forEach((socket) => void socket.destroy()));
  return listen(createTcp((socket) => sockets.push(socket)));
}

test("an e-mail arrives with sender, subject and words", async () => {
  const { taken, url } = await mailServer();
  const env = { SMTP_URL: url, MAIL_FROM: "Acacia <power@acacia.example>" };
  const { messageChannels, sendMessage } = await withEnvironment(env);
  expect(messageChannels()).toEqual({ email: true, sms: false });
  expect(await sendMessage(mail)).toBe("sent");
  expect(taken).toHaveLength(1);
  expect(taken[0]?.to).toEqual([TO]);
  expect(taken[0]?.text).toMatch(/^From: Acacia <power@acacia\.example>\r$/m);
  expect(taken[0]?.text).toMatch(/^Subject: Sign in\r$/m);
  expect(taken[0]?.text).toContain("Your code is 123456.");
});

test("an e-mail goes to one address under one subject, whatever is in them", async () => {
  const { taken, url } = await mailServer();
  const { sendMessage } = await withEnvironment({ SMTP_URL: url });
  const odd = [
    { ...mail, to: `${TO}, other@homes.example` },
    { ...mail, to: `${TO}\r\nBcc: other@homes.example` },
    { ...mail, to: `Amina <${TO}>, <other@homes.example>` },
    { ...mail, subject: "Sign in\r\nBcc: other@homes.example\r\n\r\nNot ours" },
  ];
  for (const message of odd) await sendMessage(message);
  for (const { to, text } of taken) {
    expect(to).toHaveLength(1);
    expect(to).not.toContain("other@homes.example");
    expect(text).not.toMatch(/^Bcc:/im);
  }
});

test("an e-mail that is refused or not taken has failed, and the log names nobody", async () => {
  const { url } = await mailServer();
  const refusing = await withEnvironment({ SMTP_URL: url });
  expect(await refusing.sendMessage({ ...mail, to: "amina@elsewhere.example" })).toBe("failed");
  expect(refusing.logged()).toContain("EENVELOPE");
  expect(refusing.logged()).not.toMatch(/amina|elsewhere|123456/);
  const away = await withEnvironment({ SMTP_URL: "smtp://127.0.0.1:1" });
  expect(await away.sendMessage(mail)).toBe("failed");
  expect(away.logged()).not.toMatch(/amina|123456/);
});

test("a mail server that says nothing is given up", async () => {
  const url = `smtp://127.0.0.1:${await silent()}`;
  const { sendMessage } = await withEnvironment({ SMTP_URL: url, MESSAGE_TIMEOUT_MS: "200" });
  expect(await sendMessage(mail)).toBe("failed");
});

test("a text message is posted to the gateway with its secret", async () => {
  const { asked, url } = await gateway(202);
  const env = { SMS_GATEWAY_URL: url, SMS_GATEWAY_SECRET: "gateway secret" };
  const { messageChannels, sendMessage } = await withEnvironment(env);
  expect(messageChannels()).toEqual({ email: false, sms: true });
  expect(await sendMessage(sms)).toBe("sent");
  const body = { to: PHONE, text: sms.text };
  expect(asked).toEqual([{ authorization: "Bearer gateway secret", body }]);
});

test.each([
  ["refuses", 400, {}],
  ["fails", 503, {}],
  ["sends on to somewhere else", 302, { location: "http://127.0.0.1:1/" }],
])("a gateway that %s has not sent, and the log names nobody", async (_what, status, headers) => {
  const { url } = await gateway(status, headers);
  const { logged, sendMessage } = await withEnvironment({
    SMS_GATEWAY_URL: url,
    SMS_GATEWAY_SECRET: "gateway secret",
  });
  expect(await sendMessage(sms)).toBe("failed");
  expect(logged()).toContain("sms");
  expect(logged()).not.toMatch(/2547|123456|gateway secret/);
});

test("a gateway that says nothing is given up", async () => {
  const url = `http://127.0.0.1:${await silent()}/`;
  const env = { SMS_GATEWAY_URL: url, MESSAGE_TIMEOUT_MS: "200" };
  const { sendMessage } = await withEnvironment(env);
  expect(await sendMessage(sms)).toBe("failed");
});

test("without mail server and gateway the outbox takes both, for its owner alone", async () => {
  const file = path.join(folder, "outbox.jsonl");
  const { messageChannels, readOutbox, sendMessage } = await withEnvironment({
    LOCAL_OUTBOX_FILE: file,
  });
  expect(messageChannels()).toEqual({ email: true, sms: true });
  expect(await readOutbox()).toEqual([]);
  expect(await sendMessage(mail)).toBe("sent");
  expect(await sendMessage(sms)).toBe("sent");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
  expect(await readOutbox()).toMatchObject([{ ...sms, subject: "" }, mail]);
});

test("the outbox shows the last fifty, and a line that was cut through is left out", async () => {
  const file = path.join(folder, "outbox.jsonl");
  const { readOutbox, sendMessage } = await withEnvironment({ LOCAL_OUTBOX_FILE: file });
  const long = "x".repeat(8_000);
  for (let number = 1; number <= 60; number++) {
    await sendMessage({ ...sms, text: number < 40 ? long : `${number}` });
  }
  const shown = await readOutbox();
  expect(shown?.[0]?.text).toBe("60");
  expect(shown?.length).toBeLessThanOrEqual(50);
  expect(shown?.every(({ text }) => text === long || Number(text) >= 40)).toBe(true);
});

test("an installation without any way sends nothing and promises nothing", async () => {
  const { messageChannels, readOutbox, sendMessage } = await withEnvironment({});
  expect(messageChannels()).toEqual({ email: false, sms: false });
  expect(await sendMessage(mail)).toBe("not-configured");
  expect(await sendMessage(sms)).toBe("not-configured");
  expect(await readOutbox()).toBeNull();
});
