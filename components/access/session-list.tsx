import { Button } from "@/components/ui/button";
import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";

export type SessionRow = {
  readonly id: string;
  readonly deviceText: string;
  /** The browser that looks at the page. */
  readonly isThis: boolean;
  readonly agoText: string;
  readonly seenText: string;
  readonly fromText: string | null;
};

/** Where a person is signed in, each with its way out; the browser in use stands first. */
export function SessionList(props: {
  readonly action: string;
  readonly sessions: readonly SessionRow[];
  readonly t: Translate;
}) {
  const { action, sessions, t } = props;
  const hasOthers = sessions.some(({ isThis }) => !isThis);
  return (
    <section className="border-t border-line pt-6">
      <h2 className="mb-2 text-lead font-strong">{t("account.sessionsTitle")}</h2>
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex items-center justify-between gap-4 border-b border-line py-3"
          >
            <div className="min-w-0">
              <p className="font-medium">{session.deviceText}</p>
              <p className="text-small text-quiet">
                {session.seenText}
                {session.fromText ? ` · ${session.fromText}` : ""}
              </p>
            </div>
            {session.isThis ? (
              <p className="flex shrink-0 items-center gap-2 text-small">
                <StateMark kind="ok" />
                {t("account.thisOne")}
              </p>
            ) : (
              <EndForm action={action} session={session} t={t} />
            )}
          </li>
        ))}
      </ul>
      {hasOthers ? (
        <form method="post" action={action} className="mt-4">
          <Button name="do" value="end-others" isWide>
            {t("account.endOthers")}
          </Button>
        </form>
      ) : (
        <p className="mt-3 text-quiet">{t("account.onlyThis")}</p>
      )}
    </section>
  );
}

function EndForm(props: {
  readonly action: string;
  readonly session: SessionRow;
  readonly t: Translate;
}) {
  const { action, session, t } = props;
  const { id, deviceText: device, agoText: ago } = session;
  return (
    <form method="post" action={action} className="shrink-0">
      <input type="hidden" name="session" value={id} />
      <Button name="do" value="end-one">
        {t("account.endOne")}
        <span className="sr-only">{t("account.endOneWhich", { device, ago })}</span>
      </Button>
    </form>
  );
}
