import { Button } from "@/components/ui/button";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";
import type { Translate } from "@/components/ui/translate";
import { MeterDevice } from "./meter-device";
import { MeterHistory } from "./meter-history";
import { markOf } from "./meter-result";
import type { PracticeMeterView } from "./practice-meter-view";

/** A meter to type into. Served with `script="/practice-meter.js"`; all of it works without. */
export function PracticeMeterPage(props: {
  readonly frame: PhoneFrame;
  readonly view: PracticeMeterView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <PhoneShell frame={frame} width="desk">
      <h1 className="text-title font-strong tracking-tight">
        {t("meter.title")} <span className="font-normal text-quiet">{view.unitText}</span>
      </h1>
      <div
        className="grid gap-6 desk:grid-cols-2 desk:grid-rows-[auto_1fr] desk:gap-x-16
          desk:gap-y-8"
      >
        <section className="desk:col-start-2">
          <h2 className="mb-3 hidden text-lead font-strong desk:block">{t("meter.resultTitle")}</h2>
          <Answer view={view} t={t} />
        </section>
        <div className="grid content-start gap-4 desk:col-start-1 desk:row-span-2 desk:row-start-1">
          <MeterDevice view={view} t={t} />
          <LoadSwitch view={view} t={t} />
        </div>
        <div className="grid content-start gap-8 desk:col-start-2">
          <Registers view={view} t={t} />
          <MeterHistory entered={view.entered} t={t} />
          <LinkButton href={view.buyHref} isWide>
            {t("meter.buy")}
          </LinkButton>
        </div>
      </div>
    </PhoneShell>
  );
}

type Part = { readonly view: PracticeMeterView; readonly t: Translate };

function Answer({ view, t }: Part) {
  const result = view.lastResult;
  if (result === null) return <p className="text-quiet">{t("meter.noResult")}</p>;
  return (
    <Notice
      kind={markOf(result.code)}
      title={t(`meterResult.${result.code}`, { energy: result.energyText })}
    />
  );
}

function LoadSwitch({ view, t }: Part) {
  return (
    <form
      method="post"
      action={view.loadAction}
      className="mx-auto flex w-full max-w-column desk:mx-0 items-center justify-between gap-3"
    >
      <HiddenFields fields={view.fields} />
      <p className="min-w-0 text-small text-quiet">
        {t("meter.loadHint", { load: view.loadText })}
      </p>
      <Button name="load" value={view.isLoadOn ? "off" : "on"}>
        {t(view.isLoadOn ? "meter.switchOff" : "meter.switchOn")}
      </Button>
    </form>
  );
}

function Registers({ view, t }: Part) {
  return (
    <section>
      <h2 className="mb-2 text-lead font-strong">{t("meter.registers")}</h2>
      <dl className="border-t border-line">
        {view.registers.map((register) => (
          <div
            key={register.label}
            className="flex justify-between gap-4 border-b border-line py-2"
          >
            <dt className="text-quiet">{register.label}</dt>
            <dd className="text-end">
              <bdi>{register.valueText}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
