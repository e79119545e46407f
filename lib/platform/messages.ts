import { appendFile } from "node:fs/promises";
import { createTransport } from "nodemailer";
import { messageEnv } from "./env";
import { log } from "./log";

/** What leaves the house: one e-mail, or one text message of plain words. */
export type Message =
  | {
      readonly channel: "email";
      readonly to: string;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly channel: "sms"; readonly to: string; readonly text: string };

/** `not-configured`: this installation has no way to send it, and its pages promise none. */
export type Sent = "sent" | "failed" | "not-configured";

const TIMEOUT_MS = 10_000;

/** Which channels this installation can send by. */
export function messageChannels(): { readonly email: boolean; readonly sms: boolean } {
  const { SMTP_URL, SMS_GATEWAY_URL, LOCAL_OUTBOX_FILE } = messageEnv();
  const isLocal = LOCAL_OUTBOX_FILE !== undefined;
  return {
    email: SMTP_URL !== undefined || isLocal,
    sms: SMS_GATEWAY_URL !== undefined || isLocal,
  };
}

/**
 * Sends one message, by SMTP or the SMS gateway, or into the local outbox where the installation
 * has neither. Never throws and never logs an address or a word of it: whoever asked can ask again.
 */
export async function sendMessage(message: Message): Promise<Sent> {
  const { SMTP_URL, SMS_GATEWAY_URL, LOCAL_OUTBOX_FILE } = messageEnv();
  try {
    if (message.channel === "email" && SMTP_URL) return await sendMail(SMTP_URL, message);
    if (message.channel === "sms" && SMS_GATEWAY_URL) return await sendSms(message);
    if (!LOCAL_OUTBOX_FILE) return "not-configured";
    const line = JSON.stringify({ at: new Date().toISOString(), ...message });
    await appendFile(LOCAL_OUTBOX_FILE, `${line}\n`, { mode: 0o600 });
    return "sent";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    log().warn({ channel: message.channel, code }, "a message could not be sent");
    return "failed";
  }
}

async function sendMail(
  url: string,
  { to, subject, text }: Extract<Message, { readonly channel: "email" }>,
): Promise<Sent> {
  const limits = {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  };
  const transport = createTransport({ url, ...limits });
  try {
    await transport.sendMail({ from: messageEnv().MAIL_FROM, to, subject, text });
    return "sent";
  } finally {
    transport.close();
  }
}

/** A generic gateway: one POST of JSON with a bearer secret; any 2xx means that it was taken. */
async function sendSms(message: Extract<Message, { readonly channel: "sms" }>): Promise<Sent> {
  const { SMS_GATEWAY_URL = "", SMS_GATEWAY_SECRET } = messageEnv();
  const answer = await fetch(SMS_GATEWAY_URL, {
    method: "POST",
    redirect: "error",
    headers: {
      "Content-Type": "application/json",
      ...(SMS_GATEWAY_SECRET ? { Authorization: `Bearer ${SMS_GATEWAY_SECRET}` } : {}),
    },
    body: JSON.stringify({ to: message.to, text: message.text }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return answer.ok ? "sent" : "failed";
}
