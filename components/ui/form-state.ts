/** What a form's action answers: sentences for people, and what was typed, so that it is kept. */
export type FormState =
  | { readonly status: "new" }
  | {
      readonly status: "done";
      readonly message: string;
      /** Something to hand on, shown this once: an address that stands nowhere else. */
      readonly once?: { readonly label: string; readonly text: string };
    }
  | {
      readonly status: "refused";
      /** About the whole form; empty where the fields say it all. */
      readonly message: string;
      readonly fieldErrors: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, readonly string[]>>;
    };

export const NEW_FORM: FormState = { status: "new" };
