import type { ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";

/** A form of the desk as data: what it does and what it asks. */
export type DeskForm = {
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
  readonly view: ActionFormView;
};
