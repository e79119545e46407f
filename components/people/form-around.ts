import type { ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";

/** A form and the server action that it is sent to. */
export type FormAround = {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: ActionFormView;
};
