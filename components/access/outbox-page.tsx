import { EmptyState } from "@/components/ui/empty-state";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";

export type OutboxView = {
  /** Addresses that begin with it become links; no other does. */
  readonly siteUrl: string;
  readonly messages: readonly {
    readonly key: string;
    readonly headText: string;
    readonly agoText: string;
    /** Empty for a text message. */
    readonly subject: string;
    readonly text: string;
  }[];
};

/** What a practice installation would have sent, for who wants to sign in by a code. */
export function OutboxPage(props: { readonly frame: PhoneFrame; readonly view: OutboxView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{t("outbox.title")}</h1>
        <p className="mt-1 text-quiet">{t("outbox.lead")}</p>
      </div>
      {view.messages.length === 0 ? (
        <EmptyState
          title={t("outbox.empty")}
          text={t("outbox.emptyText")}
          action={{ href: "/sign-in", label: t("outbox.emptyAction") }}
        />
      ) : null}
      {view.messages.map((message) => (
        <article key={message.key} className="grid gap-1 border-t border-line pt-4">
          <h2 className="font-strong">{message.headText}</h2>
          <p className="text-small text-quiet">{message.agoText}</p>
          {message.subject ? <p className="mt-2 font-medium">{message.subject}</p> : null}
          <p className="mt-1 whitespace-pre-line">
            <WithLinks text={message.text} siteUrl={view.siteUrl} />
          </p>
        </article>
      ))}
    </PhoneShell>
  );
}

function WithLinks({ text, siteUrl }: { readonly text: string; readonly siteUrl: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => {
    const isOurs = index % 2 === 1 && part.startsWith(`${siteUrl}/`);
    return isOurs ? (
      <a key={part} href={part} className="underline break-all">
        {part}
      </a>
    ) : (
      part
    );
  });
}
