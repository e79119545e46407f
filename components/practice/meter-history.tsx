import { StateMark } from "@/components/ui/state-mark";
import type { Translate } from "@/components/ui/translate";
import { type MeterResultView, markOf } from "./meter-result";

export type EnteredTokenView = {
  readonly key: string;
  readonly atText: string;
  readonly result: MeterResultView;
};

/** The last tokens typed into the meter and what it answered, newest first. */
export function MeterHistory(props: {
  readonly entered: readonly EnteredTokenView[];
  readonly t: Translate;
}) {
  const { entered, t } = props;
  return (
    <section>
      <h2 className="mb-2 text-lead font-strong">{t("meter.history")}</h2>
      {entered.length === 0 ? (
        <p className="text-quiet">{t("meter.historyEmpty")}</p>
      ) : (
        <ul className="border-t border-line">
          {entered.map((token) => (
            <li key={token.key} className="grid gap-x-4 border-b border-line py-2.5">
              <p className="flex flex-wrap items-center justify-between gap-x-4">
                <span className="text-small text-quiet">{token.atText}</span>
              </p>
              <p className="flex items-center gap-2 text-small">
                <StateMark kind={markOf(token.result.code)} />
                {t(`meterWord.${token.result.code}`)}
                {token.result.energyText ? (
                  <span className="ms-auto text-body font-medium">+ {token.result.energyText}</span>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
