import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type MeterLifeView = {
  /** Null for a meter that hangs nowhere. */
  readonly takeOut: ActionFormView | null;
  readonly takeOutText: string;
  /** Null for a meter that nothing is sold on. */
  readonly sales: ActionFormView | null;
  readonly salesText: string;
  readonly resource: string;
  readonly places: readonly {
    readonly key: string;
    readonly href: string;
    readonly unitText: string;
    readonly fromText: string;
    readonly toText: string;
  }[];
  readonly readings: readonly {
    readonly key: string;
    readonly atText: string;
    readonly valueText: string;
    readonly whatText: string;
    readonly byText: string;
    readonly waitsText: string | null;
  }[];
};

type Props = { readonly life: MeterLifeView; readonly t: Translate };

/** Where a meter hung, and what was read on it. */
export function MeterRecords({ life, t }: Props) {
  return (
    <>
      <section>
        <Table
          caption={t("ownMeter.placesTitle")}
          columns={[
            { key: "unit", label: t("ownMeter.placesUnit") },
            { key: "from", label: t("ownMeter.placesFrom") },
            { key: "to", label: t("ownMeter.placesTo") },
          ]}
          rows={life.places.map(({ key, href, unitText, fromText, toText }) => ({
            key,
            cells: {
              unit: (
                <a className="text-accent hover:underline" href={href}>
                  <bdi>{unitText}</bdi>
                </a>
              ),
              from: fromText,
              to: toText,
            },
          }))}
        />
        {life.places.length === 0 ? (
          <p className="mt-3 text-quiet">{t("ownMeter.placesEmpty")}</p>
        ) : null}
      </section>
      <section>
        <Table
          caption={t("ownMeter.readingsTitle")}
          columns={[
            { key: "at", label: t("ownMeter.readingsAt") },
            { key: "what", label: t("ownMeter.readingsWhat") },
            { key: "by", label: t("ownMeter.readingsBy"), isWideOnly: true },
            {
              key: "value",
              label: t("ownMeter.readingsValue", { resource: life.resource }),
              isNumber: true,
            },
          ]}
          rows={life.readings.map(({ key, atText, valueText, whatText, byText, waitsText }) => ({
            key,
            cells: {
              at: atText,
              what: waitsText === null ? whatText : `${whatText}, ${waitsText}`,
              by: byText,
              value: valueText,
            },
          }))}
        />
        {life.readings.length === 0 ? (
          <p className="mt-3 text-quiet">{t("ownMeter.readingsEmpty")}</p>
        ) : null}
      </section>
    </>
  );
}

/** Stopping its sales, and taking it out. */
export function MeterDecisions(
  props: Props & { readonly actions: { readonly takeOut: Action; readonly setSales: Action } },
) {
  const { life, actions, t } = props;
  return (
    <>
      {life.sales ? (
        <section>
          <h2 className="mb-1 text-lead font-strong">{t("ownMeter.salesTitle")}</h2>
          <p className="mb-4 text-quiet">{life.salesText}</p>
          <ActionForm action={actions.setSales} view={life.sales} />
        </section>
      ) : null}
      {life.takeOut ? (
        <section>
          <h2 className="mb-1 text-lead font-strong">{t("ownMeter.takeOutTitle")}</h2>
          <p className="mb-4 text-quiet">{life.takeOutText}</p>
          <ActionForm action={actions.takeOut} view={life.takeOut} />
        </section>
      ) : null}
    </>
  );
}
