import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import { StateMark } from "@/components/ui/state-mark";
import { type PurchaseStateView, stateSentences } from "./state-sentences";

/** How often a page that waits for us asks again. The route passes it to `renderDocument`. */
export const STATE_REFRESH_SECONDS = 3;

/** True where the page waits for something on our side or the provider's, and so reloads itself. */
export function isWaiting(state: PurchaseStateView): boolean {
  return stateSentences(state).kind === "waiting";
}

/** Every state of a purchase that has no token yet: what happened to the money first. */
export function StatePage(props: {
  readonly frame: PhoneFrame;
  readonly state: PurchaseStateView;
  /** Small, for support. */
  readonly referenceText: string;
}) {
  const { frame, state } = props;
  const { t } = frame;
  const sentences = stateSentences(state);
  const values = { amount: state.amountText, provider: state.providerName };
  return (
    <PhoneShell frame={frame}>
      <div role="status" className="mt-2 grid gap-4">
        <StateMark kind={sentences.kind} size="large" />
        <h1 className="text-title font-strong tracking-tight">{t(sentences.title, values)}</h1>
        <p className="text-lead">{t(sentences.text, values)}</p>
      </div>
      {sentences.kind === "waiting" ? (
        <p className="border-t border-line pt-4 text-quiet">
          {t("state.refreshing")} {t("state.leave")}
        </p>
      ) : null}
      <div className="mt-auto grid gap-2 tablet:mt-0">
        {sentences.action ? (
          <LinkButton
            href={state.actionHref}
            isWide
            kind={sentences.kind === "waiting" ? "plain" : "primary"}
          >
            {t(sentences.action)}
          </LinkButton>
        ) : null}
        {sentences.kind === "waiting" ? (
          <LinkButton href="" kind="quiet" isWide>
            {t("state.reload")}
          </LinkButton>
        ) : null}
        <p className="text-center text-small text-quiet">
          {t("state.reference", { reference: props.referenceText })}
        </p>
      </div>
    </PhoneShell>
  );
}
