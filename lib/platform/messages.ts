import { createTransport } from "nodemailer";
import { messageEnv } from "./env";
import { log } from "./log";
import type { Message } from "./message";
import { putIntoOutbox } from "./outbox";

/** `not-configured`: this installation has no way to send it, and its pages promise none. */
export type Sent = "sent" | "failed" | "not-configured";

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
    await putIntoOutbox(LOCAL_OUTBOX_FILE, message);
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
  const { MAIL_FROM: from, MESSAGE_TIMEOUT_MS } = messageEnv();
  // Given in the address: beside an address nodemailer takes no other option, limits neither.
  const address = new URL(url);
  for (const limit of ["connectionTimeout", "greetingTimeout", "socketTimeout"]) {
    address.searchParams.set(limit, String(MESSAGE_TIMEOUT_MS));
  }
  const transport = createTransport(address.href);
  try {
    // As an object an address is one address, whatever commas and brackets it holds.
    await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
    return "sent";
  } finally {
    transport.close();
  }
}

/** A generic gateway: one POST of JSON with a bearer secret; any 2xx means that it was taken. */
async function sendSms(message: Extract<Message, { readonly channel: "sms" }>): Promise<Sent> {
  const { SMS_GATEWAY_URL = "", SMS_GATEWAY_SECRET, MESSAGE_TIMEOUT_MS } = messageEnv();
  const answer = await fetch(SMS_GATEWAY_URL, {
    method: "POST",
    redirect: "error",
    headers: {
      "Content-Type": "application/json",
      ...(SMS_GATEWAY_SECRET ? { Authorization: `Bearer ${SMS_GATEWAY_SECRET}` } : {}),
    },
    body: JSON.stringify({ to: message.to, text: message.text }),
    signal: AbortSignal.timeout(MESSAGE_TIMEOUT_MS),
  });
  await answer.body?.cancel();
  if (answer.ok) return "sent";
  log().warn({ channel: "sms", status: answer.status }, "the gateway refused a message");
  return "failed";
}
