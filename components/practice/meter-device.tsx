import { type HiddenField, HiddenFields } from "@/components/ui/hidden-fields";
import type { Translate } from "@/components/ui/translate";
import { Keypad } from "./keypad";
import { MeterDisplay } from "./meter-display";
import type { PracticeMeterView } from "./practice-meter-view";

/**
 * The meter, drawn as the device in the hallway: display, lamp, keypad. One form: without script
 * every key is a post of `key` and the digits so far; /practice-meter.js spares the round trips.
 */
export function MeterDevice({
  view,
  t,
}: {
  readonly view: PracticeMeterView;
  readonly t: Translate;
}) {
  return (
    <div
      className="mx-auto w-full max-w-column rounded-device border border-edge bg-wall p-4
        tablet:p-5 desk:mx-0"
    >
      <div className="mb-3 flex items-center justify-between gap-4 px-1">
        <p className="text-small">
          <span className="sr-only">{t("meter.title")} </span>
          <bdi dir="ltr" className="font-mono font-medium">
            {view.meterNumberText}
          </bdi>
        </p>
        <Lamp isLit={view.isLoadOn && view.isSupplyOn} />
      </div>
      <MeterDisplay view={view} t={t} />
      <KeypadForm action={view.tokenAction} fields={view.fields} digits={view.digits} t={t} />
    </div>
  );
}

/** The pulse lamp, which blinks with the load on a real meter; here it is lit: less motion. */
function Lamp({ isLit }: { readonly isLit: boolean }) {
  return (
    <svg viewBox="0 0 12 12" className="size-3" aria-hidden="true">
      <circle cx="6" cy="6" r="5" className={isLit ? "fill-brick" : "fill-none stroke-edge"} />
    </svg>
  );
}

function KeypadForm(props: {
  readonly action: string;
  readonly fields: readonly HiddenField[];
  readonly digits: string;
  readonly t: Translate;
}) {
  const { action, fields, digits, t } = props;
  return (
    <form method="post" action={action} data-keypad className="mt-4 grid gap-3">
      <HiddenFields fields={fields} />
      {/* The return key presses a form's first button; without this one it would type a 1. */}
      <button
        type="submit"
        name="key"
        value="enter"
        tabIndex={-1}
        aria-hidden="true"
        className="sr-only"
      />
      <div>
        <label htmlFor="digits" className="mb-1 block px-1 text-small font-medium">
          {t("meter.digits")}
        </label>
        <input
          id="digits"
          name="digits"
          defaultValue={digits}
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          dir="ltr"
          aria-describedby="digits-hint"
          className="h-12 w-full rounded-control border border-edge bg-raised px-3 font-mono
            text-lead font-medium"
        />
        <p id="digits-hint" className="sr-only">
          {t("meter.digitsHint")}
        </p>
      </div>
      <Keypad t={t} />
    </form>
  );
}
