"use client";

import { useActionState, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/control-class";
import { Notice } from "@/components/ui/notice";
import { InvitationSheet, type SheetView, type SheetWords } from "./invitation-sheet";

/** What making an invitation answers: the sheet, this once, or why there is none. */
export type InvitationState =
  | { readonly status: "new" }
  | { readonly status: "refused"; readonly message: string }
  | { readonly status: "made"; readonly sheet: SheetView };

type Words = SheetWords & {
  readonly lead: string;
  /** What happens to the one that is open; null where none is. */
  readonly replaces: string | null;
  readonly make: string;
  readonly once: string;
  readonly onceText: string;
  readonly print: string;
};

/** One button; the answer to it is the sheet. Works without script, but for its print button. */
export function InvitationForm(props: {
  readonly action: (previous: InvitationState, form: FormData) => Promise<InvitationState>;
  readonly words: Words;
}) {
  const { words } = props;
  const [state, send, isPending] = useActionState<InvitationState, FormData>(props.action, {
    status: "new",
  });
  if (state.status === "made") {
    return (
      <div className="mt-6 grid gap-6">
        <div className="grid max-w-reading gap-4 print:hidden">
          <Notice kind="ok" title={words.once}>
            {words.onceText}
          </Notice>
          <PrintButton label={words.print} />
        </div>
        <InvitationSheet sheet={state.sheet} words={words} />
      </div>
    );
  }
  return (
    <form
      action={send}
      id="print-invitation"
      className="mt-4 grid max-w-reading gap-4"
      aria-busy={isPending}
    >
      {state.status === "refused" ? <Notice kind="refused" title={state.message} /> : null}
      <p>{words.lead}</p>
      {words.replaces ? <Notice kind="note" title={words.replaces} /> : null}
      <div>
        <Button size="console" kind="primary">
          {words.make}
        </Button>
      </div>
    </form>
  );
}

/** Appears when script has run: before, it would do nothing. */
function PrintButton({ label }: { readonly label: string }) {
  const [canPrint, setCanPrint] = useState(false);
  useEffect(() => setCanPrint(true), []);
  if (!canPrint) return null;
  return (
    <div>
      <button
        type="button"
        onClick={() => window.print()}
        className={controlClass("primary", "console", false)}
      >
        {label}
      </button>
    </div>
  );
}
