import { renderDocument } from "@/app/_document/document";
import { readPracticeOutbox } from "@/app/_outside/outbox";
import { LANGUAGE, phoneFrame } from "@/app/_view/frames";
import { formatAgo } from "@/app/_view/instants";
import { notFoundPage } from "@/app/_view/problem";
import { OutboxPage } from "@/components/access/outbox-page";
import { systemClock, webEnv } from "@/lib/platform";

export const dynamic = "force-dynamic";

/** What a practice installation without a mail server would have sent; nothing elsewhere. */
export async function GET(): Promise<Response> {
  const messages = await readPracticeOutbox();
  if (messages === null) return notFoundPage();
  const frame = await phoneFrame(null);
  const { t } = frame;
  const now = systemClock.now();
  const view = {
    siteUrl: webEnv().SITE_URL,
    messages: messages.map(({ at, channel, to, subject, text }, index) => ({
      key: `${at.getTime()} ${index}`,
      headText: t(channel === "email" ? "outbox.email" : "outbox.sms", { to }),
      agoText: formatAgo(at, now, LANGUAGE.lang),
      subject,
      text,
    })),
  };
  return renderDocument({
    ...LANGUAGE,
    title: t("outbox.title"),
    children: <OutboxPage frame={frame} view={view} />,
  });
}
