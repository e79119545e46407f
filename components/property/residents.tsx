import { ActionForm, type ActionFormView } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import type { Translate } from "@/components/ui/translate";

/** A form that the role may use, folded until it is wanted. */
export type FoldedForm = {
  readonly view: ActionFormView;
  readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
};

export type LeaseView = {
  readonly leaseId: string;
  readonly residentName: string;
  /** "Bed A"; null for a unit that is let whole. */
  readonly bedText: string | null;
  /** "since 4 Oct", "from 1 Dec", and until when where that is known. */
  readonly whenText: string;
  readonly facts: readonly {
    readonly label: string;
    readonly valueText: string;
    /** Phone and e-mail: left to right in every language. */
    readonly isContact?: boolean;
  }[];
  /** Null for a role that prints no invitations. */
  readonly inviteHref: string | null;
  readonly forms: readonly FoldedForm[];
};

export type ResidentsView = {
  /** Who lives here first, then who is to come; empty for a vacant unit. */
  readonly leases: readonly LeaseView[];
  /** Null where the unit is taken for good, and for a role that lets no units. */
  readonly start: FoldedForm | null;
  /** Null for a role that lets no units, and where there is no room for more. */
  readonly addBeds: FoldedForm | null;
};

/** Who lives in a unit and who comes next, with what the reader may do about it. */
export function Residents({ view, t }: { readonly view: ResidentsView; readonly t: Translate }) {
  return (
    <section className="grid content-start gap-4">
      <h2 className="text-lead font-strong">{t("residents.title")}</h2>
      {view.leases.length === 0 ? (
        <div className="border-y border-line py-4">
          <p className="font-medium">{t("residents.vacant")}</p>
          <p className="text-quiet">
            {t(view.start ? "residents.vacantStart" : "residents.vacantText")}
          </p>
        </div>
      ) : null}
      {view.leases.map((lease) => (
        <LeaseCard key={lease.leaseId} lease={lease} t={t} />
      ))}
      <div>
        {view.start ? <ActionForm {...view.start} /> : null}
        {view.addBeds ? <ActionForm {...view.addBeds} /> : null}
      </div>
    </section>
  );
}

function LeaseCard({ lease, t }: { readonly lease: LeaseView; readonly t: Translate }) {
  return (
    <article className="grid gap-3">
      <div>
        <h3 className="font-medium">
          <bdi>{lease.residentName}</bdi>
          {lease.bedText ? (
            <span className="ms-2 font-normal text-quiet">
              <bdi>{lease.bedText}</bdi>
            </span>
          ) : null}
        </h3>
        <p className="text-quiet">{lease.whenText}</p>
      </div>
      <dl className="border-t border-line">
        {lease.facts.map((fact) => (
          <div key={fact.label} className="flex justify-between gap-4 border-b border-line py-2">
            <dt className="shrink-0 text-quiet">{fact.label}</dt>
            <dd className="min-w-0 text-end break-words">
              <bdi dir={fact.isContact ? "ltr" : undefined}>{fact.valueText}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {lease.inviteHref ? (
        <div>
          <LinkButton href={lease.inviteHref} size="console">
            {t("residents.invite")}
          </LinkButton>
        </div>
      ) : null}
      <div>
        {lease.forms.map((form) => (
          <ActionForm key={form.view.id} {...form} />
        ))}
      </div>
    </article>
  );
}
