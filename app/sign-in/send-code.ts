import { after } from "next/server";
import { translatorFor } from "@/app/_document/translator";
import { LANGUAGE } from "@/app/_view/frames";
import type { Contact } from "@/lib/access/shared";
import {
  forgetChallenges,
  isKnownContact,
  type OpenedChallenge,
  openChallenge,
  type SendCodeError,
} from "@/lib/identity";
import { CHALLENGE_MINUTES } from "@/lib/identity/shared";
import { ok, type Result } from "@/lib/kernel";
import { type Message, sendMessage, webEnv } from "@/lib/platform";

/**
 * Makes a code and gives its challenge's id. Whether anybody is known by the contact is looked up,
 * and the message sent, after the answer has gone: known or not, it is the same and as fast.
 */
export async function sendCode(
  contact: Contact,
  now: Date,
): Promise<Result<string, SendCodeError>> {
  const opened = await openChallenge(contact, now);
  if (!opened.ok) return opened;
  after(async () => {
    if (await isKnownContact(contact)) await sendMessage(messageOf(contact, opened.value));
    await forgetChallenges(now);
  });
  return ok(opened.value.challengeId);
}

/** An e-mail has the link too; a text message is short, and its links look like a thief's. */
function messageOf({ kind, value: to }: Contact, opened: OpenedChallenge): Message {
  const t = translatorFor(LANGUAGE.lang);
  const minutes = String(CHALLENGE_MINUTES);
  const { code } = opened;
  if (kind === "phone") {
    return { channel: "sms", to, text: t("signInMessage.sms", { code, minutes }) };
  }
  const link = new URL(`/sign-in/link/${opened.linkSecret}`, webEnv().SITE_URL).href;
  const text = t("signInMessage.email", { code, minutes, link });
  return { channel: "email", to, subject: t("signInMessage.subject"), text };
}
