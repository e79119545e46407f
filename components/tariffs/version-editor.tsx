"use client";

import {
  type RefObject,
  type SubmitEvent,
  useActionState,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Choice } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { FixedRows, LevyRows, StepRows } from "./charge-rows";
import { Comparison } from "./comparison";
import { EditorChoice, EditorField, type Errors } from "./editor-fields";
import type { EditorFields, EditorState } from "./editor-state";
import type { EditorTexts } from "./editor-texts";
import { Simulation } from "./simulation";

type Action = (previous: EditorState, form: FormData) => Promise<EditorState>;
type Part = { readonly fields: EditorFields; readonly errors: Errors; readonly texts: EditorTexts };

const PAUSE_MS = 300;
/** The slider goes from a tenth of the amount to ten times as much. */
const SLIDER_STEPS = 10;

/**
 * The editor of a version. Without JavaScript every button sends the form; with it what is typed is
 * tried by itself after a pause.
 */
export function VersionEditor(props: {
  readonly action: Action;
  readonly first: EditorState;
  readonly texts: EditorTexts;
  readonly references: readonly Choice[];
}) {
  const { action, first, texts, references } = props;
  const [state, send, isPending] = useActionState(action, first);
  const { live, form, onTyped } = useLive(action, state);
  const onSubmit = useFocusKept(form, state.revision);
  const shown = live ?? state;
  const part = { fields: state.fields, errors: shown.errors, texts };
  return (
    <form
      ref={form}
      id="tariff-version"
      action={send}
      onInput={onTyped}
      onSubmit={onSubmit}
      aria-busy={isPending || undefined}
      className="grid gap-10 desk:grid-cols-[minmax(0,1fr)_24rem] desk:items-start"
    >
      {/* The return key presses a form's first button: it tries, and takes no row away. */}
      <button type="submit" name="intent" value="try" className="sr-only" tabIndex={-1}>
        {texts.tryButton}
      </button>
      {/* A row more or less replaces what is typed; a key makes the fields anew. */}
      <div key={`fields-${state.revision}`} className="grid gap-8">
        {shown.message ? <Notice kind="refused" title={shown.message} /> : null}
        <StepRows {...part} />
        <TaxFields {...part} />
        <LevyRows {...part} />
        <FixedRows {...part} />
        <FeeFields {...part} />
      </div>
      <section
        aria-labelledby="try-it"
        className="grid gap-4 desk:sticky desk:top-6 desk:col-start-2 desk:row-span-2"
      >
        <h2 id="try-it" className="text-lead font-strong">
          {texts.tryIt}
        </h2>
        <TryFields key={state.revision} {...part} />
        <Simulation view={shown.simulation} texts={texts} />
      </section>
      <div className="grid gap-8 desk:col-start-1">
        {shown.comparison ? <Comparison view={shown.comparison} /> : null}
        <StartFields key={state.revision} {...part} references={references} />
      </div>
    </form>
  );
}

/** A button that was pressed is made anew with its row: who works by keyboard stays on it. */
function useFocusKept(form: RefObject<HTMLFormElement | null>, revision: number) {
  const pressed = useRef("");
  useEffect(() => {
    if (revision === 0 || pressed.current === "") return;
    const buttons = form.current?.querySelectorAll("button") ?? [];
    [...buttons].findLast(({ value }) => value === pressed.current)?.focus();
  }, [form, revision]);
  return (event: SubmitEvent<HTMLFormElement>) => {
    const { submitter } = event.nativeEvent as globalThis.SubmitEvent;
    pressed.current = submitter instanceof HTMLButtonElement ? submitter.value : "";
  };
}

/** Tries what is typed after a pause; an answer that something newer overtook is dropped. */
function useLive(action: Action, state: EditorState) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  const [answer, setAnswer] = useState<{ of: EditorState; live: EditorState } | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = async () => {
    if (!form.current) return;
    asked.current += 1;
    const mine = asked.current;
    const typed = new FormData(form.current);
    typed.set("intent", "try");
    // Out of reach the last answer stays; the next key tries again.
    const live = await action(state, typed).catch(() => null);
    if (live && mine === asked.current) setAnswer({ of: state, live });
  };
  const onTyped = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(ask, PAUSE_MS);
  };
  // What the form itself was answered is newer than what was tried before it.
  return { live: answer?.of === state ? answer.live : null, form, onTyped };
}

function TaxFields({ fields, errors, texts }: Part) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-lead font-strong">{texts.tax}</legend>
      <div className="grid grid-cols-2 gap-3 tablet:grid-cols-4">
        <EditorChoice
          at="pricesIncludeTax"
          name="pricesIncludeTax"
          label={texts.pricesInclude}
          value={fields.pricesIncludeTax}
          errors={errors}
          choices={[
            { value: "no", label: texts.taxOnTop },
            { value: "yes", label: texts.taxInside },
          ]}
        />
        <EditorField
          at="tax.code"
          name="taxCode"
          label={texts.taxCode}
          value={fields.taxCode}
          errors={errors}
        />
        <EditorField
          at="tax.percent"
          name="taxPercent"
          label={texts.taxPercent}
          value={fields.taxPercent}
          errors={errors}
          isNumber
        />
        <EditorChoice
          at="energyTaxable"
          name="energyTaxable"
          label={texts.energyTaxable}
          value={fields.energyTaxable}
          errors={errors}
          choices={[
            { value: "yes", label: texts.yes },
            { value: "no", label: texts.no },
          ]}
        />
      </div>
    </fieldset>
  );
}

function FeeFields({ fields, errors, texts }: Part) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-lead font-strong">{texts.fee}</legend>
      <p className="mt-1 mb-2 max-w-reading text-small text-quiet">{texts.feeHint}</p>
      <div className="grid grid-cols-2 gap-3 tablet:grid-cols-4">
        <EditorField
          at="fee.percent"
          name="feePercent"
          label={texts.feePercent}
          value={fields.feePercent}
          errors={errors}
          isNumber
        />
        <EditorField
          at="fee.fixed"
          name="feeFixed"
          label={texts.feeFixed}
          value={fields.feeFixed}
          errors={errors}
          isNumber
        />
        <EditorChoice
          at="fee.bearer"
          name="feeBearer"
          label={texts.feeBearer}
          value={fields.feeBearer}
          errors={errors}
          choices={[
            { value: "owner", label: texts.owner },
            { value: "resident", label: texts.resident },
          ]}
        />
        <EditorField
          at="arrears.maxPercent"
          name="arrearsPercent"
          label={texts.arrearsPercent}
          value={fields.arrearsPercent}
          errors={errors}
          isNumber
        />
      </div>
    </fieldset>
  );
}

function TryFields({ fields, errors, texts }: Part) {
  const box = useRef<HTMLDivElement>(null);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const middle = Number(fields.tryAmount);
  return (
    <div className="grid grid-cols-2 gap-3">
      <div ref={box} className="grid content-start gap-2">
        <EditorField
          at="tryAmount"
          name="tryAmount"
          label={texts.tryAmount}
          value={fields.tryAmount}
          errors={errors}
          isNumber
        />
        {isAlive && middle > 0 ? (
          <input
            type="range"
            aria-label={texts.slider}
            min={middle / SLIDER_STEPS}
            max={middle * SLIDER_STEPS}
            step={middle / SLIDER_STEPS}
            defaultValue={middle}
            onInput={({ currentTarget }) => {
              const field = box.current?.querySelector<HTMLInputElement>("[name=tryAmount]");
              if (field) field.value = currentTarget.value;
            }}
            className="w-full accent-glow"
          />
        ) : null}
      </div>
      <EditorField
        at="tryMonthKwh"
        name="tryMonthKwh"
        label={texts.tryMonth}
        value={fields.tryMonthKwh}
        errors={errors}
        isNumber
      />
      <div>
        <Button size="console" name="intent" value="try">
          {texts.tryButton}
        </Button>
      </div>
    </div>
  );
}

function StartFields(props: Part & { readonly references: readonly Choice[] }) {
  const { fields, errors, texts, references } = props;
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 text-lead font-strong">{texts.start}</legend>
      <EditorChoice
        at="reference"
        name="reference"
        label={texts.reference}
        hint={texts.referenceHint}
        value={fields.reference}
        errors={errors}
        choices={[{ value: "", label: texts.referenceNone }, ...references]}
      />
      <EditorField
        at="startsAt"
        name="startsAt"
        type="datetime-local"
        label={texts.startsAt}
        hint={texts.startsHint}
        value={fields.startsAt}
        errors={errors}
      />
      <EditorField
        at="reason"
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        value={fields.reason}
        errors={errors}
      />
      <div>
        <Button size="console" kind="primary" name="intent" value="save">
          {texts.save}
        </Button>
      </div>
    </fieldset>
  );
}
