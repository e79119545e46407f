import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormAround } from "./form-around";

/** An organization's names: of the one that is open, or of a new one. */
export function OrganizationPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: {
    readonly title: string;
    readonly lead: string;
    readonly form: FormAround;
    /** What its receipts say of it; not asked for when one is opened. */
    readonly contact?: {
      readonly title: string;
      readonly lead: string;
      readonly form: FormAround;
    };
  };
}) {
  const { frame, view } = props;
  return (
    <ConsoleShell frame={frame}>
      <div className="max-w-reading">
        <h1 className="text-title font-strong tracking-tight">{view.title}</h1>
        <p className="mt-1 mb-6 text-quiet">{view.lead}</p>
        <ActionForm {...view.form} />
        {view.contact ? (
          <section className="mt-10 border-t border-line pt-6">
            <h2 className="text-lead font-strong">{view.contact.title}</h2>
            <p className="mt-1 mb-6 text-quiet">{view.contact.lead}</p>
            <ActionForm {...view.contact.form} />
          </section>
        ) : null}
      </div>
    </ConsoleShell>
  );
}
