import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { placed } from "@/components/ui/placed";
import { EditorChoice, EditorField, type Errors } from "./editor-fields";
import type { EditorFields } from "./editor-state";
import type { EditorTexts } from "./editor-texts";

type Rows = {
  readonly fields: EditorFields;
  readonly errors: Errors;
  readonly texts: EditorTexts;
};

/** One row of fields with the button that takes it away. */
function Row(props: {
  readonly list: "steps" | "levies" | "fixed";
  /** What the list is called: its rows have the same fields. */
  readonly title: string;
  readonly index: number;
  readonly remove: string;
  readonly isOnly?: boolean;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="border-b border-line py-3" aria-label={`${props.title} ${props.index + 1}`}>
      <div className={`grid items-start gap-3 ${props.className}`}>
        {props.children}
        {props.isOnly ? null : (
          <div className={props.list === "fixed" ? "" : "tablet:pt-6"}>
            <Button
              size="console"
              kind="quiet"
              name="intent"
              value={`remove-${props.list}-${props.index}`}
            >
              {props.remove}
              <span className="sr-only"> {props.index + 1}</span>
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

function Section(props: {
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly intent: string;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-lead font-strong">{props.title}</legend>
      <p className="mt-1 max-w-reading text-small text-quiet">{props.hint}</p>
      <ol className="mt-2 border-t border-line empty:border-0">{props.children}</ol>
      <div className="mt-3">
        <Button size="console" name="intent" value={props.intent}>
          {props.add}
        </Button>
      </div>
    </fieldset>
  );
}

const yesNo = (texts: EditorTexts) => [
  { value: "yes", label: texts.yes },
  { value: "no", label: texts.no },
];

export function StepRows({ fields, errors, texts }: Rows) {
  const last = fields.steps.length - 1;
  return (
    <Section title={texts.steps} hint={texts.stepsHint} add={texts.addStep} intent="add-steps">
      {placed(fields.steps).map(({ key, place: index, item: step }) => (
        <Row
          key={key}
          list="steps"
          title={texts.steps}
          index={index}
          remove={texts.remove}
          isOnly={last === 0}
          className="grid-cols-2 tablet:grid-cols-[1fr_1fr_auto]"
        >
          <EditorField
            at={`steps.${index}.upToKwh`}
            name="steps.upToKwh"
            label={texts.upTo}
            value={step.upToKwh}
            errors={errors}
            isNumber
            {...(index === last ? { placeholder: texts.upToNone } : {})}
          />
          <EditorField
            at={`steps.${index}.price`}
            name="steps.price"
            label={texts.price}
            value={step.price}
            errors={errors}
            isNumber
          />
        </Row>
      ))}
    </Section>
  );
}

export function LevyRows({ fields, errors, texts }: Rows) {
  return (
    <Section title={texts.levies} hint={texts.leviesHint} add={texts.addLevy} intent="add-levies">
      {placed(fields.levies).map(({ key, place: index, item: levy }) => (
        <Row
          key={key}
          list="levies"
          title={texts.levies}
          index={index}
          remove={texts.remove}
          className="grid-cols-2 tablet:grid-cols-[1fr_1fr_1fr_6rem_auto]"
        >
          <EditorField
            at={`levies.${index}.code`}
            name="levies.code"
            label={texts.code}
            value={levy.code}
            errors={errors}
          />
          <EditorChoice
            at={`levies.${index}.kind`}
            name="levies.kind"
            label={texts.levyKind}
            value={levy.kind}
            errors={errors}
            choices={[
              { value: "kwh", label: texts.perKwh },
              { value: "percent", label: texts.percentOfEnergy },
            ]}
          />
          <EditorField
            at={`levies.${index}.amount`}
            name="levies.amount"
            label={texts.levyAmount}
            value={levy.amount}
            errors={errors}
            isNumber
          />
          <EditorChoice
            at={`levies.${index}.taxable`}
            name="levies.taxable"
            label={texts.taxable}
            value={levy.taxable}
            errors={errors}
            choices={yesNo(texts)}
          />
        </Row>
      ))}
    </Section>
  );
}

export function FixedRows({ fields, errors, texts }: Rows) {
  return (
    <Section title={texts.fixed} hint={texts.fixedHint} add={texts.addFixed} intent="add-fixed">
      {placed(fields.fixed).map(({ key, place: index, item: charge }) => (
        <Row
          key={key}
          list="fixed"
          title={texts.fixed}
          index={index}
          remove={texts.remove}
          className="grid-cols-2 tablet:grid-cols-3"
        >
          <FixedFields charge={charge} index={index} errors={errors} texts={texts} />
        </Row>
      ))}
    </Section>
  );
}

function FixedFields(props: {
  readonly charge: EditorFields["fixed"][number];
  readonly index: number;
  readonly errors: Errors;
  readonly texts: EditorTexts;
}) {
  const { charge, index, errors, texts } = props;
  const of = <Name extends keyof typeof charge>(name: Name) => ({
    at: `fixed.${index}.${name}`,
    name: `fixed.${name}`,
    value: charge[name],
    errors,
  });
  return (
    <>
      <EditorField {...of("code")} label={texts.code} />
      <EditorField {...of("amount")} label={texts.amount} isNumber />
      <EditorChoice
        {...of("per")}
        label={texts.per}
        choices={[
          { value: "month", label: texts.perMonth },
          { value: "day", label: texts.perDay },
        ]}
      />
      <EditorChoice
        {...of("whenUnpaid")}
        label={texts.whenUnpaid}
        choices={[
          { value: "accumulate", label: texts.accumulate },
          { value: "drop", label: texts.drop },
        ]}
      />
      <EditorField {...of("most")} label={texts.most} isNumber />
      <EditorChoice {...of("taxable")} label={texts.taxable} choices={yesNo(texts)} />
    </>
  );
}
