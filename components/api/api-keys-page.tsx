import { ActionForm, type ActionFormView, type Choice } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import type { Translate } from "@/components/ui/translate";

type Action = (previous: FormState, form: FormData) => Promise<FormState>;

export type ApiKeysPageView = {
  readonly backHref: string;
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly shownEnd: string;
    readonly mayText: string;
    readonly reachText: string;
    readonly standsText: string;
    /** Null for one that is shut out. */
    readonly revoke: Action | null;
  }[];
  readonly create: Action;
  readonly scopes: readonly Choice[];
  readonly buildings: readonly Choice[];
  readonly rates: readonly Choice[];
  readonly usualRate: string;
  readonly others: readonly Choice[];
};

const LINK = "underline decoration-line underline-offset-4 hover:decoration-ink";

/** Which keys are in force, how one is made, and where it is told how they are used. */
export function ApiKeysPage(props: {
  readonly frame: ConsoleFrame;
  readonly view: ApiKeysPageView;
}) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <a href={view.backHref} className="text-quiet hover:text-ink hover:underline">
        {t("settings.title")}
      </a>
      <h1 className="mt-2 text-title font-strong tracking-tight">{t("apiKeys.title")}</h1>
      <p className="mt-1 mb-6 max-w-reading text-quiet">
        {t("apiKeys.lead")}{" "}
        <a href="/api" className={LINK}>
          {t("apiKeys.how")}
        </a>
      </p>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-2">
        <section aria-labelledby="keys" className="min-w-0">
          <h2 id="keys" className="mb-3 text-lead font-strong">
            {t("apiKeys.keys")}
          </h2>
          {view.keys.length === 0 ? <p className="text-quiet">{t("apiKeys.none")}</p> : null}
          <ul className={view.keys.length > 0 ? "border-t border-line" : ""}>
            {view.keys.map((key) => (
              <Key key={key.id} view={key} t={t} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="new" className="min-w-0">
          <h2 id="new" className="mb-3 text-lead font-strong">
            {t("apiKeys.new")}
          </h2>
          <ActionForm action={view.create} view={newKeyForm(view, t)} />
        </section>
      </div>
    </ConsoleShell>
  );
}

function Key({
  view,
  t,
}: {
  readonly view: ApiKeysPageView["keys"][number];
  readonly t: Translate;
}) {
  return (
    <li className="border-b border-line py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 font-medium break-words">
          <bdi>{view.name}</bdi>
        </span>
        <span dir="ltr" className="font-mono text-small text-quiet">
          …{view.shownEnd}
        </span>
      </p>
      <p className="text-small">{view.mayText}</p>
      <p className="text-small text-quiet">
        {view.reachText}; {view.standsText}
      </p>
      {view.revoke ? (
        <ActionForm
          action={view.revoke}
          view={{
            id: `revoke-key-${view.id}`,
            summary: t("apiKeys.shut"),
            submit: t("apiKeys.shutNow"),
            fields: [],
          }}
        />
      ) : null}
    </li>
  );
}

function newKeyForm(view: ApiKeysPageView, t: Translate): ActionFormView {
  const { scopes, buildings, rates, usualRate, others } = view;
  const name = { label: t("apiKeys.name"), hint: t("apiKeys.nameHint"), maxLength: 80 };
  const reach = { label: t("apiKeys.reach"), hint: t("apiKeys.reachHint"), choices: buildings };
  const rate = { label: t("apiKeys.rate"), value: usualRate, choices: rates };
  const other = { label: t("apiKeys.other"), hint: t("apiKeys.otherHint"), choices: others };
  return {
    id: "new-key",
    submit: t("apiKeys.create"),
    isPrimary: true,
    fields: [
      { kind: "text", name: "name", isRequired: true, ...name },
      { kind: "some", name: "scopes", label: t("apiKeys.scopes"), choices: scopes },
      { kind: "some", name: "buildingIds", ...reach },
      {
        kind: "date",
        name: "lastDay",
        label: t("apiKeys.lastDay"),
        hint: t("apiKeys.lastDayHint"),
      },
      { kind: "one", name: "perMinute", ...rate },
      ...(others.length > 0
        ? ([{ kind: "one", name: "takesOverFrom", none: t("apiKeys.nobody"), ...other }] as const)
        : []),
    ],
  };
}
