import { ActionForm } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";

/** Closed until somebody wants it: what goes, what stays, and that it cannot be undone. */
export function EraseTraces(props: {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly name: string;
  readonly t: Translate;
}) {
  const { t } = props;
  const sure = { value: "yes", label: t("audit.eraseSure") };
  return (
    <details className="mt-8 max-w-reading border-t border-line pt-4">
      <summary className="cursor-pointer text-quiet">
        {t("audit.eraseTitle", { name: props.name })}
      </summary>
      <p className="mt-2 mb-3">{t("audit.eraseText")}</p>
      <ActionForm
        action={props.action}
        view={{
          id: "erase-traces",
          fields: [{ kind: "some", name: "isSure", label: t("audit.eraseAsk"), choices: [sure] }],
          submit: t("audit.eraseSubmit"),
        }}
      />
    </details>
  );
}
