import { ActionForm } from "@/components/ui/action-form";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { FormState } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/components/ui/translate";
import type { DeskForm } from "./form-view";
import { SellForm, type SellFormView } from "./sell-form";
import { ShiftList, type ShiftRowView } from "./shift-list";

export type CustomerView = {
  readonly key: string;
  readonly unitText: string;
  readonly placeText: string;
  readonly form: DeskForm;
};

export type OpenDeskView = {
  readonly titleText: string;
  readonly sinceText: string;
  readonly salesText: string;
  /** Null once the drawer is counted: then nothing is sold any more. */
  readonly sell: {
    readonly action: (previous: FormState, form: FormData) => Promise<FormState>;
    readonly view: SellFormView;
    readonly customers: readonly CustomerView[] | null;
    readonly move: readonly DeskForm[];
  } | null;
  readonly last: readonly {
    readonly key: string;
    readonly href: string;
    readonly text: string;
    readonly amountText: string;
  }[];
  readonly cashUpHref: string;
};

type DeskPageView = {
  readonly open: OpenDeskView | null;
  readonly openForm: DeskForm | null;
  readonly shifts: readonly ShiftRowView[];
  readonly olderHref: string | null;
  /** Null for who does not answer for the desks. */
  readonly desks: {
    readonly rows: readonly {
      readonly key: string;
      readonly nameText: string;
      readonly detailText: string;
      readonly form: DeskForm | null;
    }[];
    readonly add: DeskForm;
  } | null;
};

/** The cash desk: selling first, everything else after it. */
export function DeskPage(props: { readonly frame: ConsoleFrame; readonly view: DeskPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      {view.open ? <OpenDesk open={view.open} t={t} /> : null}
      {view.open ? null : (
        <>
          <h1 className="text-title font-strong tracking-tight">{t("desk.title")}</h1>
          <p className="mt-1 mb-6 max-w-reading text-quiet">{t("desk.lead")}</p>
        </>
      )}
      {view.openForm ? (
        <section aria-labelledby="open" className="mb-10 max-w-column">
          <h2 id="open" className="mb-3 text-lead font-strong">
            {t("desk.openTitle")}
          </h2>
          <ActionForm {...view.openForm} />
        </section>
      ) : null}
      <div
        className="mt-10 grid items-start gap-x-12 gap-y-10
          desk:grid-cols-[minmax(0,1fr)_24rem]"
      >
        <ShiftList rows={view.shifts} olderHref={view.olderHref} t={t} />
        {view.desks ? <Desks desks={view.desks} t={t} /> : null}
      </div>
    </ConsoleShell>
  );
}

function OpenDesk({ open, t }: { readonly open: OpenDeskView; readonly t: Translate }) {
  const { sell } = open;
  return (
    <>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
        <h1 className="text-title font-strong tracking-tight">
          <bdi>{open.titleText}</bdi>
        </h1>
        <p className="text-small text-quiet">
          {open.sinceText} · {open.salesText}
        </p>
      </div>
      <div className="grid items-start gap-x-12 gap-y-8 desk:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          {sell ? (
            <>
              <SellForm action={sell.action} view={sell.view} />
              {sell.customers ? <Customers customers={sell.customers} t={t} /> : null}
            </>
          ) : (
            <Notice kind="waiting" title={t("desk.counted")}>
              {t("desk.countedText")}
            </Notice>
          )}
        </div>
        <aside className="grid min-w-0 gap-6">
          <section aria-labelledby="last">
            <h2 id="last" className="mb-2 text-lead font-strong">
              {t("desk.lastSales")}
            </h2>
            {open.last.length === 0 ? <p className="text-quiet">{t("desk.noSales")}</p> : null}
            <ul className={open.last.length === 0 ? "" : "border-t border-line"}>
              {open.last.map((sale) => (
                <li key={sale.key} className="border-b border-line">
                  <a
                    href={sale.href}
                    className="flex min-h-11 items-center justify-between gap-4 hover:underline"
                  >
                    <bdi className="min-w-0">{sale.text}</bdi>
                    <bdi className="shrink-0">{sale.amountText}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </section>
          {sell ? (
            <section aria-labelledby="drawer">
              <h2 id="drawer" className="mb-1 text-lead font-strong">
                {t("desk.drawer")}
              </h2>
              {sell.move.map((form) => (
                <ActionForm key={form.view.id} {...form} />
              ))}
            </section>
          ) : null}
          <div>
            <LinkButton href={open.cashUpHref} size="console">
              {t(sell ? "desk.cashUp" : "desk.cashUpGoOn")}
            </LinkButton>
          </div>
        </aside>
      </div>
    </>
  );
}

function Customers(props: { readonly customers: readonly CustomerView[]; readonly t: Translate }) {
  return (
    <section aria-labelledby="customers">
      <h2 id="customers" className="mb-2 text-lead font-strong">
        {props.t("desk.whichOne")}
      </h2>
      <ul className="border-t border-line">
        {props.customers.map((customer) => (
          <li
            key={customer.key}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b
              border-line py-2.5"
          >
            <p className="min-w-0">
              <bdi className="font-medium">{customer.unitText}</bdi>
              <bdi className="block text-small text-quiet">{customer.placeText}</bdi>
            </p>
            <ActionForm {...customer.form} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Desks(props: {
  readonly desks: NonNullable<DeskPageView["desks"]>;
  readonly t: Translate;
}) {
  const { desks, t } = props;
  return (
    <section aria-labelledby="desks" className="grid min-w-0 gap-4">
      <h2 id="desks" className="text-lead font-strong">
        {t("desk.desks")}
      </h2>
      {desks.rows.length === 0 ? <p className="text-quiet">{t("desk.noDesks")}</p> : null}
      <ul className={desks.rows.length === 0 ? "" : "border-t border-line"}>
        {desks.rows.map((row) => (
          <li key={row.key} className="border-b border-line py-2.5">
            <bdi className="font-medium">{row.nameText}</bdi>
            <p className="text-small text-quiet">{row.detailText}</p>
            {row.form ? <ActionForm {...row.form} /> : null}
          </li>
        ))}
      </ul>
      <ActionForm {...desks.add} />
    </section>
  );
}
