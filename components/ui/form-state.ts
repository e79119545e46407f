import type { Column, Row } from "./table";

/** What a form's action answers: sentences for people, and what was typed, so that it is kept. */
export type FormState =
  | { readonly status: "new" }
  | {
      readonly status: "done";
      readonly message: string;
      /** Something to hand on, shown this once: an address that stands nowhere else. */
      readonly once?: { readonly label: string; readonly text: string };
      /** What became of many things at once: those that need a look, and all as a sheet. */
      readonly report?: FormReport;
    }
  | {
      readonly status: "refused";
      /** About the whole form; empty where the fields say it all. */
      readonly message: string;
      readonly fieldErrors: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, readonly string[]>>;
    };

export type FormReport = {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How many more there are than are shown; empty where there are none. */
  readonly more: string;
  readonly download: { readonly label: string; readonly name: string; readonly text: string };
};

export const NEW_FORM: FormState = { status: "new" };
