import { ActionForm, type Choice } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type GatewaysPageView = {
  readonly backHref: string;
  readonly gateways: readonly {
    readonly id: string;
    readonly name: string;
    readonly reachText: string;
    readonly sinceText: string;
    /** Null for one that is shut out. */
    readonly revoke: Action | null;
  }[];
  readonly create: Action;
  readonly buildings: readonly Choice[];
};

const EXAMPLE = `curl -H 'Authorization: Bearer …' -H 'Content-Type: application/json' \\
  -d '{"readings": [{"meter": "01000000017", "quantity": "register",
       "at": "2026-11-03T14:05:00+03:00", "value": "1204.5"}]}' …/api/readings`;

/** Which gateways are let in, how one is let in, and how it calls. */
export function GatewaysPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: GatewaysPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("readings.title")}
      </a>
      <h1 className="mt-2 mb-4 text-title font-strong tracking-tight">{t("gateways.title")}</h1>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <section aria-labelledby="gateways" className="min-w-0">
          <h2 id="gateways" className="mb-3 text-lead font-strong">
            {t("gateways.letIn")}
          </h2>
          {view.gateways.length === 0 ? <p className="text-quiet">{t("gateways.none")}</p> : null}
          <ul className="border-t border-line">
            {view.gateways.map((gateway) => (
              <li key={gateway.id} className="border-b border-line py-3">
                <p className="font-medium break-words">{gateway.name}</p>
                <p className="text-small text-quiet">
                  {gateway.reachText}, {gateway.sinceText}
                </p>
                {gateway.revoke ? (
                  <ActionForm
                    action={gateway.revoke}
                    view={{
                      id: `shut-out-${gateway.id}`,
                      summary: t("gateways.shut"),
                      submit: t("gateways.shutNow"),
                      fields: [],
                    }}
                  />
                ) : null}
              </li>
            ))}
          </ul>
          <h2 className="mt-8 mb-3 text-lead font-strong">{t("gateways.new")}</h2>
          <ActionForm
            action={view.create}
            view={{
              id: "new-gateway",
              submit: t("gateways.create"),
              isPrimary: true,
              fields: [
                {
                  kind: "text",
                  name: "name",
                  label: t("gateways.name"),
                  hint: t("gateways.nameHint"),
                  maxLength: 80,
                  isRequired: true,
                },
                {
                  kind: "one",
                  name: "buildingId",
                  label: t("gateways.reach"),
                  none: t("gateways.all"),
                  choices: view.buildings,
                },
              ],
            }}
          />
        </section>
        <section aria-labelledby="calls" className="min-w-0">
          <h2 id="calls" className="mb-3 text-lead font-strong">
            {t("gateways.calls")}
          </h2>
          <p className="mb-3 text-quiet">{t("gateways.callsText")}</p>
          <pre dir="ltr" className="overflow-x-auto rounded-control bg-stone p-3 text-small">
            {EXAMPLE}
          </pre>
        </section>
      </div>
    </ConsoleShell>
  );
}
